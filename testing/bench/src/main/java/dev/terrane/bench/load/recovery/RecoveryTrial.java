package dev.terrane.bench.load.recovery;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.cell.WorldSchema;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.WorldMap;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.TickOutgoing;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.SinglePartition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One cell that is checkpointed, journaled, lost and brought back, over and over. One thread. */
public final class RecoveryTrial implements AutoCloseable {
    private static final int SIMULATION_HZ = 20;
    private static final int WARM_UP_CHECKPOINTS = 100;
    private static final CellId CELL = new CellId(new WorldId("bench"), RegionId.ORIGIN, 0);
    private static final NodeId NODE = new NodeId("bench");
    private static final double NANOS_PER_MILLI = 1_000_000;

    /**
     * @param commandsPerSecond while the journal is written
     * @param checkpoints pauses to measure
     */
    public record Size(int entities, int commandsPerSecond, int journalSeconds, int checkpoints, int recoveries) {}

    private final DatabaseAddress database;
    private final Size size;
    private final Consumer<String> progress;
    private final PostgresStore store;
    private final JournalStore journal;
    private final World world;
    private final Purses plugin;
    private final ImageMeters.Pauses pause = new ImageMeters.Pauses();
    private final Spread inTick = new Spread();
    private final Spread recovery = new Spread();
    /** The first of each cell that was brought back. */
    private final ImageMeters.Pauses restartPause = new ImageMeters.Pauses();

    private final ImageMeters.Pauses base = new ImageMeters.Pauses();
    private final Listening listening = new Listening();
    private final BaseTap tap = new BaseTap();
    private final TwoClocks clocks = new TwoClocks();
    private final CellPorts ports = ports(pause, base);
    private final CellPorts restartPorts = ports(restartPause, new ImageMeters.Pauses());
    private final Map<String, Double> found = new LinkedHashMap<>();
    private long tick;
    private long requestCount;
    private long paidCoins;
    private long journalBytes;
    private long storedBytes;

    /** @param database of its own */
    public RecoveryTrial(DatabaseAddress database, Size size, Consumer<String> progress) {
        this.database = database;
        this.size = size;
        this.progress = progress;
        this.store = PostgresStore.open(database);
        this.journal = store.journal(TickOutgoing.nowhere());
        this.plugin = new Purses(size.entities);
        this.world =
                new World(new WorldMap("bench", new SinglePartition(4_096, 4_096)), WorldSchema.of(List.of(plugin)), 7);
    }

    private CellPorts ports(ImageMeters.Pauses images, ImageMeters.Pauses bases) {
        return new CellPorts(
                (_, _, _) -> Admission.UNKNOWN,
                (_, _) -> true,
                listening,
                new ImageMeters(clocks, images, bases),
                clocks,
                _ -> tap);
    }

    /** By name, in the order in which they are to be told. */
    public Map<String, Double> run() {
        CellSpec spec = grant();
        Cell cell = Cell.open(spec, List.of(module()), ports);
        tick(cell, 20);
        measurePauses(cell);
        CellImage image = checkpoint(cell);
        save(image);
        storedBytes = askStoredBytes();
        cell.offer(CellPort.ANY_EPOCH, new CellInput.CheckpointStored(image.tick()));
        progress.accept("writing " + size.journalSeconds + " s of journal");
        int entries = writeJournal(cell);
        progress.accept("recovering " + size.recoveries + " times");
        long lost = 0;
        for (int i = 0; i < size.recoveries; i++) {
            lost += recover();
        }
        found.put("recoveryMillis", recovery.microsAt(1) / 1_000);
        found.put("recoveryMillisP50", recovery.microsAt(0.5) / 1_000);
        pause.addAll(restartPause);
        pause.report("checkpointPause", found);
        restartPause.report("restartPause", found);
        base.report("recorderBase", found);
        inTick.report("checkpointInTick", found);
        found.put("entities", (double) size.entities);
        found.put("imageBytes", (double) image.state().length);
        found.put("storedBytes", (double) storedBytes);
        found.put("journalEntries", (double) entries);
        found.put("journalBytes", (double) journalBytes);
        found.put("effects", (double) requestCount);
        found.put("lostEffects", (double) lost);
        return found;
    }

    private CellSpec grant() {
        CellGrant grant = store.grants().grant(CELL, NODE);
        return new CellSpec(CELL, grant.epoch(), grant.incarnation(), world, CellSettings.defaults());
    }

    private PluginModule module() {
        return new PluginModule(plugin, Map.of());
    }

    private void tick(Cell cell, int count) {
        for (int i = 0; i < count; i++) {
            cell.tick(++tick, tick * (1_000 / SIMULATION_HZ));
        }
    }

    /**
     * Pauses are what the tick measures itself, and none is left out: neither the first of the process nor those of restarts. Only of the rest of the work,
     * which used to be in the tick, the warm-up is forgotten.
     */
    private void measurePauses(Cell cell) {
        progress.accept("measuring " + size.checkpoints + " checkpoints");
        for (int i = -WARM_UP_CHECKPOINTS; i < size.checkpoints; i++) {
            if (i == 0) {
                inTick.clear();
            }
            cell.requestImage();
            tick(cell, 1);
            ImageDraft draft = listening.takeDraft();
            long began = System.nanoTime();
            draft.finish();
            inTick.add(System.nanoTime() - began);
            tap.wantBase();
            do {
                tick(cell, 1);
            } while (!tap.finish());
        }
    }

    private CellImage checkpoint(Cell cell) {
        cell.requestImage();
        tick(cell, 1);
        return listening.takeDraft().finish();
    }

    private void save(CellImage image) {
        store.checkpoints()
                .save(new Checkpoint(
                        image.cell(),
                        image.epoch(),
                        image.tick(),
                        image.formatVersion(),
                        image.schemaFingerprint(),
                        image.stateHash(),
                        image.state()));
    }

    /** After compression. */
    private long askStoredBytes() {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT octet_length(state) FROM terrane.checkpoint ORDER BY epoch DESC, tick DESC LIMIT 1");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the stored checkpoint cannot be looked at", e);
        }
    }

    private int writeJournal(Cell cell) {
        Rng rng = new Rng(11);
        int entries = 0;
        for (int i = 0; i < size.journalSeconds * SIMULATION_HZ; i++) {
            List<CellCommand> commands = new ArrayList<>();
            for (int c = 0; c < size.commandsPerSecond / SIMULATION_HZ; c++) {
                commands.add(command(rng, cell));
            }
            cell.offer(CellPort.ANY_EPOCH, new CellInput.Commands(commands));
            tick(cell, 1);
            List<TickRecord> records =
                    listening.takeFacts().stream().map(this::record).toList();
            journal.commit(records);
            cell.offer(CellPort.ANY_EPOCH, new CellInput.FactsStored(tick));
            entries += records.size();
        }
        return entries;
    }

    private CellCommand command(Rng rng, Cell cell) {
        long ship = EntityId.pack(1, 1 + rng.nextInt(size.entities));
        CommandEnvelope envelope = new CommandEnvelope(
                Purses.PAY.name(),
                1,
                "region:0,0",
                new CommandEnvelope.Origin("service:bench", cell.epoch() + "-" + requestCount++),
                new CommandEnvelope.Trace("", "", "", "bench", 0),
                new byte[0]);
        paidCoins++;
        return new CellCommand(1, (int) requestCount, envelope, new Purses.Pay(ship, 1));
    }

    private TickRecord record(TickFacts facts) {
        List<TickRecord.Outcome> outcomes = facts.carriedOut().stream()
                .map(done -> done.command().envelope())
                .map(each -> new TickRecord.Outcome(
                        each.idempotencyKey(), each.payloadHash(), new CommandResult.Done(new byte[0])))
                .toList();
        journalBytes += facts.facts().length;
        JournalEntry entry =
                new JournalEntry(facts.cell(), facts.epoch(), facts.tick(), facts.schemaFingerprint(), facts.facts());
        return new TickRecord(entry, outcomes, List.of(), List.of());
    }

    /** Returns how many coins are not where they were paid to. */
    private long recover() {
        long began = System.nanoTime();
        CellSpec spec = grant();
        Checkpoint last = store.checkpoints().latest(CELL).orElseThrow();
        CellImage image = new CellImage(
                last.cell(),
                last.epoch(),
                last.tick(),
                last.formatVersion(),
                last.schemaFingerprint(),
                last.stateHash(),
                last.state());
        List<CellFacts> facts = journal.tail(CELL).stream()
                .map(entry -> new CellFacts(
                        entry.cell(), entry.epoch(), entry.tick(), entry.schemaFingerprint(), entry.facts()))
                .toList();
        WorldRestore restore =
                WorldRestore.plan(List.of(new WorldRestore.Restarting(spec, image, facts)), List.of(), Map.of());
        Cell cell = restore.open(CELL, List.of(module()), restartPorts);
        cell.tick(restore.lastTick() + 1, 0);
        long took = System.nanoTime() - began;
        recovery.add(took);
        progress.accept("recovered in %.1f ms".formatted(took / NANOS_PER_MILLI));
        listening.takeDraft().discard();
        return Math.abs(paidCoins - coins(cell)) + Math.abs(size.entities - cell.entityCount());
    }

    private static long coins(Cell cell) {
        long[] coins = new long[1];
        cell.visit(context -> {
            EntityStore entities = context.entities();
            for (Table table : entities.query(entities.schema().type(Purses.Purse.class))) {
                long[] column = table.longs(entities.schema().field(Purses.Purse.class, "coins"))
                        .read();
                for (int row = 0; row < table.size(); row++) {
                    coins[0] += column[row];
                }
            }
        });
        return coins[0];
    }

    @Override
    public void close() {
        store.close();
    }
}
