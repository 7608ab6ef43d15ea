package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.WorldRestore;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings failed cells back among living ones, with exponential backoff (R10).
 *
 * <pre>
 *   failed ─wait─► journal decided ─► grant new epochs, tell the living ─► wait until each living cell's stored image knows ─► plan ─► seat
 *                        ▲───────────── another cell failed meanwhile ─────────────┘
 * </pre>
 *
 * <p>{@link #failed} may be called by any worker; everything else runs on job threads, one step at a time. A step may wait for the store, to be enlisted never does.
 * Nothing here holds up a tick.
 */
final class Restarter {
    private static final long POLL_MILLIS = 50;

    /** By then the restarted cell has reported whom it restored, and its neighbours have resent what was on its way to it. */
    private static final long SETTLED_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Restarter.class);

    private final WorldSetup setup;
    private final Directory directory;
    private final CellMaker maker;
    private final Checkpointer checkpointer;
    private final Seats seats;
    private final Herald herald;
    private final Map<CellId, Backoff> backoffs = new HashMap<>();
    /** One step at a time. */
    private final ReentrantLock stepping = new ReentrantLock();

    private final Map<CellId, CellSeat> waiting = new LinkedHashMap<>();
    private long dueNanos;
    // What follows belongs to the step.
    private final Backoff attempts = new Backoff();
    /** Who waited when the step began. */
    private Map<CellId, CellSeat> fallen = Map.of();

    private Map<CellId, CellSpec> batch = Map.of();
    /** Of each living cell the stored image that was looked at last: to look costs as much as to load it. */
    private final Map<CellId, Looked> looked = new HashMap<>();

    private record Looked(CellImage image, boolean knows) {}

    Restarter(
            WorldSetup setup,
            Directory directory,
            CellMaker maker,
            Checkpointer checkpointer,
            Seats seats,
            Herald herald) {
        this.setup = setup;
        this.directory = directory;
        this.maker = maker;
        this.checkpointer = checkpointer;
        this.seats = seats;
        this.herald = herald;
    }

    /** Called by the worker, which must not wait for a step that waits for the store. */
    void failed(CellSeat seat) {
        directory.restarting(seat.id());
        setup.runtime().jobs().execute(() -> enlist(seat));
    }

    private synchronized void enlist(CellSeat seat) {
        long delay = backoffs.computeIfAbsent(seat.id(), id -> new Backoff())
                .next(setup.runtime().clock().nanos());
        setup.runtime()
                .meters()
                .count("cell_restarts", "cell", seat.id().toString())
                .one();
        LOG.atWarn()
                .addKeyValue("world", seat.id().world())
                .addKeyValue("cell", seat.id())
                .log("restarts from its checkpoint in {} ms", delay);
        // Whoever fell earlier and still waits comes along: a cell that is down is no peer that the others could settle
        // with.
        waiting.put(seat.id(), seat);
        due(delay);
    }

    private synchronized void due(long delayMillis) {
        dueNanos = setup.runtime().clock().nanos() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        later(delayMillis);
    }

    private void later(long delayMillis) {
        setup.runtime().jobs().schedule(this::step, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Empty: done, or the step belongs to an earlier failure: the wait of the latest one holds. */
    private synchronized Map<CellId, CellSeat> due() {
        return setup.runtime().clock().nanos() < dueNanos ? Map.of() : new LinkedHashMap<>(waiting);
    }

    private synchronized @Nullable CellSeat delist(CellId cell) {
        return waiting.remove(cell);
    }

    private void step() {
        if (!stepping.tryLock()) {
            later(POLL_MILLIS);
            return;
        }
        try {
            fallen = due();
            if (!fallen.isEmpty()) {
                stepOn();
            }
        } finally {
            stepping.unlock();
        }
    }

    private void stepOn() {
        try {
            if (!batch.keySet().equals(fallen.keySet())) {
                begin();
            }
            if (livingKnow()) {
                finish();
            } else {
                later(POLL_MILLIS);
            }
        } catch (RuntimeException e) {
            batch = Map.of();
            LOG.atError().setCause(e).addKeyValue("cells", fallen.keySet()).log("restart failed, trying again");
            due(attempts.next(setup.runtime().clock().nanos()));
        }
    }

    private void begin() {
        Map<CellId, CellSpec> granted = new LinkedHashMap<>();
        looked.clear();
        for (CellId id : fallen.keySet()) {
            granted.put(id, maker.grant(id));
        }
        batch = granted;
    }

    /** Tells whoever has not heard, and asks for another image; true once every living cell's stored image knows. */
    private boolean livingKnow() {
        boolean all = true;
        for (CellSeat peer : seats.list()) {
            if (fallen.containsKey(peer.id()) || peer.resting()) {
                continue;
            }
            CellImage stored = checkpointer.lastStored(peer.id());
            if (stored == null || !look(stored).knows) {
                all = false;
                tell(peer);
            }
        }
        return all;
    }

    private Looked look(CellImage stored) {
        Looked last = looked.get(stored.cell());
        if (last == null || last.image != stored) {
            last = new Looked(stored, knowsBatch(stored));
            looked.put(stored.cell(), last);
        }
        return last;
    }

    private boolean knowsBatch(CellImage stored) {
        return batch.values().stream()
                .allMatch(spec -> WorldRestore.knows(setup.world(), stored, spec.cell(), spec.epoch()));
    }

    private void tell(CellSeat peer) {
        Cell cell = peer.cell();
        if (cell == null) {
            return; // It failed just now: the next step takes it into the batch.
        }
        for (CellSpec spec : batch.values()) {
            Admission told = peer.offer(CellPort.ANY_EPOCH, new CellInput.PeerRestarting(spec.cell(), spec.epoch()));
            if (told != Admission.ACCEPTED) {
                return; // Full or failed: the next step tries again.
            }
        }
        cell.requestImage();
    }

    private void finish() {
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        for (CellSpec spec : batch.values()) {
            restarting.add(new WorldRestore.Restarting(spec, lastImage(spec.cell()), maker.facts(spec.cell())));
        }
        List<CellImage> living = new ArrayList<>();
        List<CellImage> resting = new ArrayList<>();
        for (CellImage stored : checkpointer.lastStored()) {
            CellSeat peer = seats.get(stored.cell());
            if (!batch.containsKey(stored.cell())) {
                (peer == null || peer.resting() ? resting : living).add(stored);
            }
        }
        WorldId world = new WorldId(setup.world().map().world());
        WorldRestore past = WorldRestore.plan(
                restarting, living, resting, setup.stores().characters().loggedOut(world));
        Map<CellSpec, Cell> opened = new LinkedHashMap<>();
        for (CellSpec spec : batch.values()) {
            opened.put(spec, maker.open(spec.cell(), past)); // All or none: they were settled with each other.
        }
        opened.forEach((spec, cell) -> {
            LOG.atInfo()
                    .addKeyValue("world", world)
                    .addKeyValue("cell", spec.cell())
                    .addKeyValue("epoch", spec.epoch())
                    .addKeyValue("entities", cell.entityCount())
                    .log("restarted from its checkpoint");
            CellSeat seat = delist(spec.cell());
            if (seat != null) {
                herald.brief(cell);
                seat.seat(cell);
            }
            setup.gateways().all().accept(new CellOutput.CellUp(spec.cell(), spec.epoch()));
            setup.runtime()
                    .jobs()
                    .schedule(() -> directory.settled(spec.cell()), SETTLED_MILLIS, TimeUnit.MILLISECONDS);
        });
        batch = Map.of();
        looked.clear();
    }

    private @Nullable CellImage lastImage(CellId cell) {
        return setup.stores().checkpoints().latest(cell).map(CellMaker::image).orElse(null);
    }
}
