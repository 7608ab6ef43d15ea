package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.StateHash;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The cells of the world with what surrounds them in a server: grants, directory, record of logouts, store of images. */
final class CellHouse implements CellPort, CellListener {
    private static final long MILLIS_PER_TICK = 1000 / Plan.SIMULATION_HZ;
    /** A cell that is farther behind goes on with the tick that is due, as in the server. */
    private static final int CATCH_UP_TICKS_MAX = 40;

    private final Plan plan;
    private final World world;
    private final Ledger ledger;
    private final Tally tally;
    private final ImageShelf shelf;
    private final Directory directory = new Directory();
    private final SortedMap<CellId, Cell> cells = new TreeMap<>();
    /** Cells that died and are not back yet. */
    private final SortedSet<CellId> down = new TreeSet<>();

    private final Map<CharacterId, Integer> loggedOut =
            new TreeMap<>(java.util.Comparator.comparing(CharacterId::value));
    private @Nullable Roads roads;
    private long lastEpoch;
    private int lastIncarnation;

    CellHouse(Plan plan, World world, Ledger ledger, Tally tally) {
        this.plan = plan;
        this.world = world;
        this.ledger = ledger;
        this.tally = tally;
        this.shelf = new ImageShelf(plan, this::stored);
    }

    /** Opens one cell per region; before that nothing else may be called. */
    void open(Roads ways) {
        roads = ways;
        for (RegionId region : plan.partition().regions()) {
            open(new CellId(new WorldId(world.map().world()), region, 0));
        }
    }

    Roads roads() {
        if (roads == null) {
            throw new IllegalStateException("the house is not open yet");
        }
        return roads;
    }

    Directory directory() {
        return directory;
    }

    World world() {
        return world;
    }

    ImageShelf shelf() {
        return shelf;
    }

    SortedMap<CellId, Cell> cells() {
        return cells;
    }

    /** A cell without a past. */
    private void open(CellId id) {
        seat(Cell.open(grant(id), modules(), ports(id)));
    }

    /** A layer begins, or goes on from where it was taken away. */
    Cell wake(CellId id) {
        return seat(WorldRestore.wake(grant(id), shelf.stored(id), modules(), ports(id)));
    }

    /** A layer that nobody lives in any more is taken away; its last image stays. */
    void close(CellId id) {
        Cell gone = cells.remove(id);
        if (gone != null) {
            roads().witnesses().forEach(witness -> witness.closed(id, gone.epoch()));
        }
    }

    private Cell seat(Cell cell) {
        cells.put(cell.id(), cell);
        roads().witnesses().forEach(witness -> witness.opened(cell.id(), cell.epoch()));
        return cell;
    }

    private CellSpec grant(CellId id) {
        return new CellSpec(id, ++lastEpoch, ++lastIncarnation, world, plan.cells());
    }

    private CellPorts ports(CellId id) {
        return new CellPorts(roads().from(id), roads().toGateways(id), this, tally, () -> 0);
    }

    private List<PluginModule> modules() {
        return List.of(new PluginModule(new Drill(plan, ledger), Map.of()));
    }

    /** Lets the cell catch up to this tick, tick by tick. */
    void tick(Cell cell, long tick) {
        long next = Math.max(cell.lastTick() + 1, 1);
        next = next <= tick - CATCH_UP_TICKS_MAX || cell.entityCount() == 0 ? tick : next;
        for (; next <= tick && cell.phase() == Cell.Phase.RUNNING; next++) {
            cell.tick(next, next * MILLIS_PER_TICK);
        }
    }

    /** The cell is gone; what is offered to it is refused. The living are told, and asked for images that know of it. */
    CellSpec crash(CellId id) {
        Cell gone = cells.remove(id);
        if (gone == null) {
            throw new IllegalArgumentException("no cell " + id + " to crash, only " + cells.keySet());
        }
        directory.restarting(id);
        down.add(id);
        shelf.dropUnstored(id);
        roads().witnesses().forEach(witness -> witness.died(id, gone.epoch()));
        return grant(id);
    }

    /** False while some peer's stored image does not know of the restart; tells again whoever may not have heard. */
    boolean restart(CellSpec spec) {
        List<CellImage> living = new ArrayList<>();
        boolean all = true;
        for (Cell peer : cells.values()) {
            if (peer.phase() == Cell.Phase.SEALED) {
                continue; // As good as taken away.
            }
            CellImage image = shelf.stored(peer.id());
            if (image != null && WorldRestore.knows(world, image, spec.cell(), spec.epoch())) {
                living.add(image);
            } else {
                all = false;
                roads().offer(null, peer.id(), ANY_EPOCH, new CellInput.PeerRestarting(spec.cell(), spec.epoch()));
                peer.requestImage();
            }
        }
        if (all) {
            List<CellImage> resting = shelf.all().stream()
                    .filter(image -> !runs(image.cell()) && !down.contains(image.cell()))
                    .toList();
            WorldRestore restore = WorldRestore.plan(
                    List.of(new WorldRestore.Restarting(spec, shelf.stored(spec.cell()))), living, resting, loggedOut);
            down.remove(spec.cell());
            seat(restore.open(spec.cell(), modules(), ports(spec.cell())));
        }
        return all;
    }

    private boolean runs(CellId id) {
        Cell cell = cells.get(id);
        return cell != null && cell.phase() == Cell.Phase.RUNNING;
    }

    /** Fingerprint of all cells. */
    long stateHash() {
        StateHash hash = new StateHash();
        for (Cell cell : cells.values()) {
            hash.add(cell.stateHash());
        }
        return hash.value();
    }

    @Override
    public Admission offer(CellId target, long epochOfSender, CellInput message) {
        Cell cell = cells.get(target);
        if (cell == null) {
            return down.contains(target) ? Admission.SEALED : Admission.UNKNOWN;
        }
        return cell.offer(epochOfSender, message);
    }

    private void stored(CellImage image) {
        roads().witnesses().forEach(witness -> witness.imageStored(image));
        roads().offer(null, image.cell(), image.epoch(), new CellInput.CheckpointStored(image.tick()));
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        CellImage image = draft.finish();
        roads().witnesses().forEach(witness -> witness.imageTaken(image));
        shelf.put(image);
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        directory.arrived(character, cell, entity, ownership);
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        directory.leftTowards(character, to, entity, ownership);
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        directory.gone(character, entity, ownership);
    }

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {
        loggedOut.merge(character, generation, Math::max);
    }
}
