package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.cell.WorldSchema;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cells that run on one node: grants, ticks, images, failures. */
final class CellHouse implements CellListener {
    private static final StripPartition STRIP = new StripPartition(2, 256, 512);
    private static final WorldSchema SCHEMA = WorldSchema.of(List.of(new Hoard(new Poison(0, 0))));
    private static final int TICK_MILLIS = 50;

    private final SimNode node;
    private final SortedMap<CellId, Cell> cells = new TreeMap<>();
    final Journalist journalist;
    /** Commands that a cell here has, and of which nobody knows yet what becomes: it must not get them a second time, whoever brings them. */
    private final Map<CellId, Set<IdempotencyKey>> underway = new HashMap<>();

    CellHouse(SimNode node) {
        this.node = node;
        this.journalist = new Journalist(node, this);
    }

    void start() {
        node.after(TICK_MILLIS * SimTime.MILLI, this::tick);
    }

    /** Takes the right to run the cell, and brings it back from what the store has. */
    void open(CellId id, Runnable ended) {
        node.store(
                () -> node.run.store.cells.grant(id),
                grant -> {
                    open(grant);
                    ended.run();
                },
                ended);
    }

    private void open(CellTables.Grant grant) {
        CellId id = grant.cell();
        Cell other = cells.get(id);
        if (other != null && other.epoch() > grant.epoch()) {
            return; // this grant's answer was late: a newer one is at work here
        }
        World world = new World(new WorldMap(id.world().name(), STRIP), SCHEMA, 7);
        CellSpec spec = new CellSpec(id, grant.epoch(), (int) grant.epoch(), world, CellSettings.defaults());
        WorldRestore past = WorldRestore.plan(
                List.of(new WorldRestore.Restarting(spec, grant.image(), grant.journal())), List.of(), Map.of());
        CellPorts ports = new CellPorts((_, _, _) -> Admission.UNKNOWN, (_, _) -> true, this, Meters.none(), () -> 0);
        Cell cell = past.open(id, List.of(new PluginModule(new Hoard(node.run.poison), Map.of())), ports);
        cells.put(id, cell);
        underway.remove(id);
        cell.requestImage();
        node.run.report.openings++;
        node.run.directory.up(id, node, grant.epoch());
    }

    private void tick() {
        long tick = node.run.time.millis() / TICK_MILLIS;
        for (Cell cell : List.copyOf(cells.values())) {
            if (cell.lastTick() < tick && cells.get(cell.id()) == cell) {
                tick(cell, tick);
            }
        }
        node.after(TICK_MILLIS * SimTime.MILLI, this::tick);
    }

    private void tick(Cell cell, long tick) {
        if (node.run.time.rng.chance(node.run.plan.imageChance())) {
            cell.requestImage();
        }
        try {
            cell.tick(tick, tick * TICK_MILLIS);
        } catch (CellFailedException failure) {
            if (failure.getCause() instanceof BooksViolation found) {
                throw found;
            }
            if (failure.command() == null) {
                throw failure;
            }
            fall(cell, failure.command());
        }
    }

    /** It is dead, or must not go on. */
    private void fall(Cell cell, @Nullable CellCommand culprit) {
        cells.remove(cell.id(), cell);
        underway.remove(cell.id());
        node.run.report.cellDeaths++;
        if (culprit != null) {
            SimNode other = node.run.nodeOf(culprit);
            node.tell(other, () -> other.carrier.failed(cell.id(), cell.epoch(), culprit));
        }
        node.run.directory.down(cell.id(), cell.epoch());
    }

    /** What this cell did under this epoch is void. */
    void condemn(CellId id, long epoch) {
        Cell cell = cells.get(id);
        if (cell != null && cell.epoch() <= epoch) {
            fall(cell, null);
        }
    }

    /** The whole node died. */
    void fell() {
        for (Cell cell : cells.values()) {
            node.run.directory.down(cell.id(), cell.epoch());
        }
        cells.clear();
    }

    Admission offer(CellId id, long epoch, CellInput message) {
        Cell cell = cells.get(id);
        return cell == null || !node.isAwake() ? Admission.UNKNOWN : cell.offer(epoch, message);
    }

    boolean isUnderway(CellId id, IdempotencyKey command) {
        return underway.getOrDefault(id, Set.of()).contains(command);
    }

    void began(CellId id, List<CellCommand> commands) {
        Set<IdempotencyKey> keys = underway.computeIfAbsent(id, _ -> new HashSet<>());
        commands.forEach(command -> keys.add(command.envelope().idempotencyKey()));
    }

    void decided(CellId id, CellCommand command) {
        underway.getOrDefault(id, new HashSet<>()).remove(command.envelope().idempotencyKey());
    }

    /** Between ticks. */
    Hoard.@Nullable Sight look(CellId id) {
        Cell cell = cells.get(id);
        if (cell == null || cell.lastTick() < 0) {
            return null;
        }
        Hoard.Sight[] seen = new Hoard.Sight[1];
        cell.visit(context -> seen[0] = Hoard.look(context));
        return seen[0];
    }

    @Override
    public void facts(TickFacts facts) {
        journalist.submit(facts);
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        CellImage image = draft.finish();
        Runnable save = () -> save(image);
        if (node.run.sabotage == BooksSabotage.CHECKPOINT_BEFORE_JOURNAL) {
            save.run();
        } else {
            journalist.after(image.cell(), image.epoch(), save);
        }
    }

    private void save(CellImage image) {
        node.store(
                () -> node.run.store.cells.save(image),
                kept -> {
                    if (kept) {
                        offer(image.cell(), image.epoch(), new CellInput.CheckpointStored(image.tick()));
                    } else {
                        condemn(image.cell(), image.epoch());
                    }
                },
                () -> {}); // the next one tries again
    }

    @Override
    public void commandElsewhere(CellId cell, CellCommand command) {
        decided(cell, command);
        SimNode other = node.run.nodeOf(command);
        node.tell(other, () -> other.carrier.elsewhere(command));
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {}
}
