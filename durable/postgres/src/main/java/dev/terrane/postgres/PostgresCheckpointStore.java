package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointCorruptException;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.checkpoint.StaleEpochException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.statement.StatementContext;

/** Keeps the last two checkpoints of each cell, and the journal since the older of them, written only by the newest owner. */
final class PostgresCheckpointStore implements CheckpointStore {
    // The share lock on the grant is what fences: a grant under way makes the save wait and then see the new epoch, and
    // a save under
    // way makes the grant wait. One statement, so there is no moment between the check and the write.
    private static final String SAVE = """
            WITH held AS (
                SELECT epoch FROM terrane.cell_grant
                WHERE world = :world AND region_a = :a AND region_b = :b AND layer = :layer
                FOR SHARE
            ), saved AS (
                INSERT INTO terrane.checkpoint (world, region_a, region_b, layer, epoch, tick, format_version,
                                                schema_fingerprint, state_hash, image_hash, image_bytes, state)
                SELECT :world, :a, :b, :layer, :epoch, :tick, :formatVersion,
                       :schemaFingerprint, :stateHash, :imageHash, :imageBytes, :packed
                FROM held WHERE held.epoch <= :epoch
                ON CONFLICT (world, region_a, region_b, layer, epoch, tick) DO UPDATE
                SET format_version = excluded.format_version, schema_fingerprint = excluded.schema_fingerprint,
                    state_hash = excluded.state_hash, image_hash = excluded.image_hash,
                    image_bytes = excluded.image_bytes, state = excluded.state, created_at = now()
                RETURNING 1
            ), outdated AS (
                DELETE FROM terrane.checkpoint old USING saved
                WHERE old.world = :world AND old.region_a = :a AND old.region_b = :b AND old.layer = :layer
                  AND (old.epoch, old.tick) <> (:epoch, :tick)
                  AND (old.epoch, old.tick) < (
                      SELECT other.epoch, other.tick FROM terrane.checkpoint other
                      WHERE other.world = :world AND other.region_a = :a AND other.region_b = :b
                        AND other.layer = :layer AND (other.epoch, other.tick) <> (:epoch, :tick)
                      ORDER BY other.epoch DESC, other.tick DESC LIMIT 1)
            ), contained AS (
                DELETE FROM terrane.journal entry USING saved
                WHERE entry.world = :world AND entry.region_a = :a AND entry.region_b = :b AND entry.layer = :layer
                  AND (entry.epoch, entry.tick) <= (:epoch, :tick)
                  AND (entry.epoch, entry.tick) <= (
                      SELECT other.epoch, other.tick FROM terrane.checkpoint other
                      WHERE other.world = :world AND other.region_a = :a AND other.region_b = :b
                        AND other.layer = :layer AND (other.epoch, other.tick) <> (:epoch, :tick)
                      ORDER BY other.epoch DESC, other.tick DESC LIMIT 1)
            )
            SELECT held.epoch, EXISTS (SELECT 1 FROM saved) AS saved FROM held
            """;
    private static final String OF_CELL = """
            SELECT * FROM terrane.checkpoint
            WHERE world = :world AND region_a = :a AND region_b = :b AND layer = :layer
            ORDER BY epoch DESC, tick DESC LIMIT 1
            """;
    private static final String CELLS = """
            SELECT world, region_a, region_b, layer FROM terrane.checkpoint WHERE world = :world
            UNION SELECT world, region_a, region_b, layer FROM terrane.journal WHERE world = :world
            """;
    private static final String OF_WORLD = """
            SELECT DISTINCT ON (region_a, region_b, layer) * FROM terrane.checkpoint
            WHERE world = :world
            ORDER BY region_a, region_b, layer, epoch DESC, tick DESC
            """;

    private final Database database;
    private final SchemaStore schemas;

    PostgresCheckpointStore(Database database) {
        this.database = database;
        this.schemas = new PostgresSchemaStore(database);
    }

    /** What the database says about a save. */
    private record Fence(long grantedEpoch, boolean saved) {}

    @Override
    public void save(Checkpoint checkpoint) {
        CellId cell = checkpoint.cell();
        PackedImage image = PackedImage.pack(checkpoint.state());
        Optional<Fence> fence = database.call(
                "save the checkpoint of cell " + cell,
                handle -> handle.createQuery(SAVE)
                        .bindMap(CellColumns.of(cell))
                        .bind("epoch", checkpoint.epoch())
                        .bind("tick", checkpoint.tick())
                        .bind("formatVersion", checkpoint.formatVersion())
                        .bind("schemaFingerprint", checkpoint.schemaFingerprint())
                        .bind("stateHash", checkpoint.stateHash())
                        .bind("imageHash", image.imageHash())
                        .bind("imageBytes", image.imageBytes())
                        .bind("packed", image.packed())
                        .map((row, context) -> new Fence(row.getLong("epoch"), row.getBoolean("saved")))
                        .findOne());
        if (fence.isEmpty()) {
            throw new IllegalArgumentException("cell " + cell + " was never granted; ask the GrantStore before saving");
        }
        if (!fence.get().saved()) {
            throw new StaleEpochException(cell, checkpoint.epoch(), fence.get().grantedEpoch());
        }
    }

    @Override
    public Optional<Checkpoint> latest(CellId cell) {
        return database.call(
                "load the checkpoint of cell " + cell,
                handle -> handle.createQuery(OF_CELL)
                        .bindMap(CellColumns.of(cell))
                        .map(PostgresCheckpointStore::read)
                        .findOne());
    }

    @Override
    public SchemaStore schemas() {
        return schemas;
    }

    @Override
    public SortedSet<CellId> cells(WorldId world) {
        List<CellId> cells = database.call(
                "list the cells of world " + world,
                handle -> handle.createQuery(CELLS)
                        .bind("world", world.name())
                        .map((row, context) -> CellColumns.read(row))
                        .list());
        return new TreeSet<>(cells);
    }

    @Override
    public List<Checkpoint> latest(WorldId world) {
        return database.call(
                "load the checkpoints of world " + world,
                handle -> handle.createQuery(OF_WORLD)
                        .bind("world", world.name())
                        .map(PostgresCheckpointStore::read)
                        .list());
    }

    private static Checkpoint read(ResultSet row, StatementContext context) throws SQLException {
        CellId cell = CellColumns.read(row);
        long tick = row.getLong("tick");
        PackedImage image =
                new PackedImage(row.getInt("image_bytes"), row.getLong("image_hash"), row.getBytes("state"));
        byte[] state;
        try {
            state = image.unpack();
        } catch (DataFormatException e) {
            throw new CheckpointCorruptException(
                    cell, tick, String.valueOf(e.getMessage()), remedy(cell, row.getLong("epoch"), tick));
        }
        return new Checkpoint(
                cell,
                row.getLong("epoch"),
                tick,
                row.getInt("format_version"),
                row.getLong("schema_fingerprint"),
                row.getLong("state_hash"),
                state);
    }

    private static String remedy(CellId cell, long epoch, long tick) {
        return String.format(
                Locale.ROOT, // it is to be copied
                "Restore the database from a backup, or go on with the checkpoint before it: DELETE FROM terrane.checkpoint"
                        + " WHERE world = '%s' AND region_a = %d AND region_b = %d AND layer = %d AND epoch = %d AND tick = %d",
                cell.world(),
                cell.region().a(),
                cell.region().b(),
                cell.layer(),
                epoch,
                tick);
    }
}
