package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.GrantStore;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Grants in one statement each: the row's lock orders them, and makes them wait for saves that are under way. */
final class PostgresGrantStore implements GrantStore, FenceStore {
    private static final String GRANT = """
            INSERT INTO terrane.cell_grant AS held (world, region_a, region_b, layer, epoch, incarnation, owner)
            VALUES (:world, :a, :b, :layer, 1, nextval('terrane.incarnation'), :owner)
            ON CONFLICT (world, region_a, region_b, layer) DO UPDATE
            SET epoch = held.epoch + 1, incarnation = excluded.incarnation, owner = excluded.owner, granted_at = now()
            RETURNING epoch, incarnation
            """;

    private static final String RAISE = """
            INSERT INTO terrane.cell_grant AS held (world, region_a, region_b, layer, epoch, incarnation, owner)
            VALUES (:world, :a, :b, :layer, :epoch, :incarnation, :owner)
            ON CONFLICT (world, region_a, region_b, layer) DO UPDATE
            SET epoch = excluded.epoch, incarnation = excluded.incarnation, owner = excluded.owner, granted_at = now()
            WHERE held.epoch < excluded.epoch
            """;

    // Whoever grants here again, without a log, must not give an incarnation twice.
    private static final String PASS = """
            SELECT setval('terrane.incarnation', greatest(:incarnation, last_value)) FROM terrane.incarnation
            """;

    private static final String ALL = """
            SELECT region_a, region_b, layer, epoch, incarnation, owner FROM terrane.cell_grant
            WHERE world = :world ORDER BY region_a, region_b, layer
            """;

    private final Database database;

    PostgresGrantStore(Database database) {
        this.database = database;
    }

    @Override
    public CellGrant grant(CellId cell, NodeId owner) {
        return database.call(
                "grant cell " + cell,
                handle -> handle.createQuery(GRANT)
                        .bindMap(CellColumns.of(cell))
                        .bind("owner", owner.name())
                        .map((row, context) ->
                                new CellGrant(cell, owner, row.getLong("epoch"), row.getInt("incarnation")))
                        .one());
    }

    @Override
    public void raise(List<CellGrant> grants) {
        if (grants.isEmpty()) {
            return;
        }
        List<CellGrant> inOrder = grants.stream()
                .sorted(Comparator.comparing(CellGrant::cell))
                .toList(); // two nodes never wait for each other
        int incarnation = grants.stream().mapToInt(CellGrant::incarnation).max().orElseThrow();
        database.run(
                "raise the fences of " + grants.size() + " cells",
                handle -> handle.useTransaction(raising -> {
                    PreparedBatch batch = raising.prepareBatch(RAISE);
                    for (CellGrant grant : inOrder) {
                        batch.bindMap(CellColumns.of(grant.cell()))
                                .bind("epoch", grant.epoch())
                                .bind("incarnation", grant.incarnation())
                                .bind("owner", grant.owner().name())
                                .add();
                    }
                    batch.execute();
                    raising.createQuery(PASS)
                            .bind("incarnation", incarnation)
                            .mapTo(Long.class)
                            .one();
                }));
    }

    @Override
    public List<CellGrant> all(WorldId world) {
        return database.call(
                "read the grants of world " + world,
                handle -> handle.createQuery(ALL)
                        .bind("world", world.name())
                        .map((row, context) -> new CellGrant(
                                new CellId(
                                        world,
                                        new RegionId(row.getInt("region_a"), row.getInt("region_b")),
                                        row.getInt("layer")),
                                new NodeId(row.getString("owner")),
                                row.getLong("epoch"),
                                row.getInt("incarnation")))
                        .list());
    }
}
