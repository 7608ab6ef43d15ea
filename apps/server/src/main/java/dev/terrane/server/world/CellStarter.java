package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.WorldRestore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts cells that the map says are this node's, from what is stored of them, while other nodes do the same with theirs.
 *
 * <pre>
 *   wanted ─► raise the fences ─► read everything that is stored ─► wait until whoever lives knows of us ─► plan ─► store first images ─► seat
 *                  ▲─────────────────────── every 50 ms ──────────────────────┘
 * </pre>
 *
 * <p>The image of a cell under its present epoch says that it lives; one under a lower epoch, that whoever owns it starts it now, too, from that image. Both sides then plan with the same images and fences, so their plans fit
 * together ({@link dev.terrane.handoff.RestorePlan}). A cell that was promoted never waits for anybody, so its image under its epoch is waited for.
 *
 * <p>Any thread may call {@link #want}; everything else happens on job threads, one step at a time.
 */
final class CellStarter {
    private static final long POLL_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(CellStarter.class);

    private final WorldSetup setup;
    private final WorldId world;
    private final NodeId self;
    private final WorldParts parts;
    private final FenceStore fences;
    private final Started started;
    private final ReentrantLock stepping = new ReentrantLock();
    private final SortedMap<CellId, CellGrant> wanted = new TreeMap<>();
    /** Of each cell the image that was read last, decoded: whether it knows is asked again at each step. */
    private final Map<CellId, CellImage> images = new HashMap<>();

    private volatile ClusterMap map = ClusterMap.EMPTY;
    private boolean due;

    /** Who takes what has been started. On job threads. */
    @FunctionalInterface
    interface Started {
        /** @return false when the cell is somebody else's by now: it is dropped */
        boolean started(Cell cell);
    }

    CellStarter(WorldSetup setup, NodeId self, WorldParts parts, FenceStore fences, Started started) {
        this.setup = setup;
        this.world = new WorldId(setup.world().map().world());
        this.self = self;
        this.parts = parts;
        this.fences = fences;
        this.started = started;
    }

    /** This cell is to be started under this grant; does nothing when it is underway. */
    synchronized void want(CellGrant grant) {
        CellGrant before = wanted.get(grant.cell());
        if (before == null || before.epoch() < grant.epoch()) {
            wanted.put(grant.cell(), grant);
            later(0);
        }
    }

    /** The newest map. */
    void follow(ClusterMap newer) {
        map = newer;
    }

    /** How many are being started. */
    synchronized int count() {
        return wanted.size();
    }

    private synchronized void later(long millis) {
        if (!due) {
            due = true;
            setup.runtime().jobs().schedule(this::step, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void step() {
        synchronized (this) {
            due = false; // whatever is wanted from here on asks for a step of its own
        }
        if (!stepping.tryLock()) {
            later(POLL_MILLIS);
            return;
        }
        try {
            SortedMap<CellId, CellGrant> batch = ours(map);
            if (!batch.isEmpty() && !start(batch, map)) {
                later(POLL_MILLIS);
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("world", world)
                    .log("starting cells failed, trying again: {}", e.getMessage());
            later(10 * POLL_MILLIS);
        } finally {
            stepping.unlock();
        }
    }

    /** What is still to be started here. */
    private synchronized SortedMap<CellId, CellGrant> ours(ClusterMap now) {
        wanted.values().removeIf(grant -> {
            Tenure tenure = now.cell(grant.cell());
            return tenure.epoch() > grant.epoch() || !self.equals(tenure.owner());
        });
        return new TreeMap<>(wanted);
    }

    private boolean start(SortedMap<CellId, CellGrant> batch, ClusterMap now) {
        batch.keySet().forEach(parts.maker::awaitDecided);
        List<CellGrant> fenced = new ArrayList<>(batch.values());
        List<Tenure> others = new ArrayList<>();
        for (Tenure tenure : now.cells()) {
            NodeId owner = tenure.owner();
            if (tenure.cell().world().equals(world) && !batch.containsKey(tenure.cell()) && tenure.epoch() > 0) {
                others.add(tenure);
                // Whoever had it before must not store anything between our look and its owner's.
                fenced.add(new CellGrant(
                        tenure.cell(), owner == null ? self : owner, tenure.epoch(), tenure.incarnation()));
            }
        }
        fences.raise(fenced);
        return plan(batch, others);
    }

    private boolean plan(SortedMap<CellId, CellGrant> batch, List<Tenure> others) {
        images.clear();
        for (Checkpoint checkpoint : setup.stores().checkpoints().latest(world)) {
            images.put(checkpoint.cell(), CellMaker.image(checkpoint));
        }
        for (CellGrant grant : batch.values()) {
            CellImage image = images.get(grant.cell());
            if (image != null && image.epoch() > grant.epoch()) {
                return false; // somebody else has it by now: the next map says so
            }
        }
        Map<CellId, List<CellFacts>> journals = new LinkedHashMap<>();
        for (JournalEntry entry : setup.stores().journal().store().tail(world)) {
            journals.computeIfAbsent(entry.cell(), _ -> new ArrayList<>()).add(CellMaker.facts(entry));
        }
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        List<CellImage> living = new ArrayList<>();
        List<CellImage> resting = new ArrayList<>();
        SortedMap<RegionId, RegionLayers> layers = RegionLayers.all(map, world);
        batch.values().forEach(grant -> restarting.add(restarting(grant, journals)));
        for (Tenure other : others) {
            CellImage image = images.get(other.cell());
            if (rests(other, layers)) {
                if (image != null) {
                    resting.add(image);
                }
            } else if (image != null && image.epoch() == other.epoch()) {
                if (!knows(image, batch)) {
                    return false;
                }
                living.add(image);
            } else if (other.begunEpoch() < other.epoch()) {
                return false; // it goes on, and will have stored that in a moment
            } else {
                NodeId owner = other.owner();
                restarting.add(restarting(
                        new CellGrant(other.cell(), owner == null ? self : owner, other.epoch(), other.incarnation()),
                        journals));
            }
        }
        WorldRestore past = WorldRestore.plan(
                restarting, living, resting, setup.stores().characters().loggedOut(world));
        List<Cell> opened = new ArrayList<>();
        batch.keySet()
                .forEach(cell ->
                        opened.add(parts.maker.open(cell, past))); // all or none: they were settled with each other
        opened.forEach(this::seat);
        return true;
    }

    /** A layer that was given back, drained. One of a world that came into the cluster layered is nobody's for a moment, too: it is wanted. */
    private static boolean rests(Tenure other, SortedMap<RegionId, RegionLayers> layers) {
        CellId cell = other.cell();
        RegionLayers wanted = layers.getOrDefault(cell.region(), RegionLayers.ONE);
        return other.phase() == Tenure.Phase.FREE
                && cell.layer() != 0
                && (!wanted.layers().contains(cell.layer())
                        || wanted.order() instanceof RegionLayers.Merge merge && merge.from() == cell.layer());
    }

    private WorldRestore.Restarting restarting(CellGrant grant, Map<CellId, List<CellFacts>> journals) {
        return new WorldRestore.Restarting(
                parts.maker.spec(grant), image(grant.cell()), journals.getOrDefault(grant.cell(), List.of()));
    }

    private @Nullable CellImage image(CellId cell) {
        return images.get(cell);
    }

    private boolean knows(CellImage image, SortedMap<CellId, CellGrant> batch) {
        return batch.values().stream()
                .allMatch(grant -> WorldRestore.knows(setup.world(), image, grant.cell(), grant.epoch()));
    }

    /** Its first image is stored before it ticks: from then on other nodes know that it lives. One without a past has none before its first tick. */
    private void seat(Cell cell) {
        if (images.containsKey(cell.id()) && !parts.checkpointer.save(cell.image())) {
            throw new IllegalStateException(
                    "the first image of cell " + cell.id() + " under epoch " + cell.epoch() + " could not be stored");
        }
        boolean taken = started.started(cell);
        synchronized (this) {
            CellGrant grant = wanted.get(cell.id());
            if (grant != null && grant.epoch() <= cell.epoch()) {
                wanted.remove(cell.id());
            }
        }
        LOG.atInfo()
                .addKeyValue("world", world)
                .addKeyValue("cell", cell.id())
                .addKeyValue("epoch", cell.epoch())
                .addKeyValue("entities", cell.entityCount())
                .log(taken ? "started from what is stored of it" : "started, but it is another node's by now");
    }
}
