package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where a cell sits: the cell itself may die and be followed by its own restored past, the seat stays. And it stands with one worker at a time:
 *
 * <pre>
 *   EMPTY ──seat──► RUNNING ──tick throws──► EMPTY (restart is asked for)
 *
 *   idle at A ──tick──► ticking at A ──► idle at A, or at B when {@link #moveTo} was called meanwhile
 *       └──moveTo B──► idle at B
 * </pre>
 *
 * <p>So it changes its worker only between two ticks, and only one worker ticks it. Whoever takes over first runs the ticks that are missing.
 *
 * <p>{@link #tick} belongs to workers, {@link #seat} to whoever restarts; everything else to anybody.
 */
final class CellSeat {
    private static final Logger LOG = LoggerFactory.getLogger(CellSeat.class);

    private final CellId id;
    private final Clock clock;
    private final Failures onFailure;
    private final LoadWatch load = new LoadWatch();
    private final AtomicReference<WorkerLoop.@Nullable Posting> posting = new AtomicReference<>();
    private volatile @Nullable WorkerLoop wanted;
    private volatile @Nullable Cell cell;
    private volatile long condemnedEpoch = -1;
    private volatile boolean frozen;
    private volatile @Nullable Runnable whenFrozen;
    private volatile @Nullable EarlyTicks early;
    private volatile @Nullable AwaitedInputs awaited;

    /** Who is told when the cell died. Called by the worker: must not block. */
    @FunctionalInterface
    interface Failures {
        /** @param culprit command whose handler threw, or null */
        void failed(CellSeat seat, long epoch, @Nullable CellCommand culprit);
    }

    CellSeat(CellId id, Clock clock, Failures onFailure) {
        this.id = id;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    CellId id() {
        return id;
    }

    LoadWatch load() {
        return load;
    }

    /** Who sits here now, or null while it restarts. */
    @Nullable
    Cell cell() {
        return cell;
    }

    /** Whether its cell is a layer that was taken away and sealed: only its last image counts. */
    boolean resting() {
        Cell seated = cell;
        return seated != null && seated.phase() == Cell.Phase.SEALED;
    }

    void seat(Cell newCell) {
        seat(newCell, null);
    }

    /** @param watch hears of the first ticks of a cell that goes on here, which catches up when its players have been heard; null for any other */
    void seat(Cell newCell, @Nullable EarlyTicks watch) {
        goOn();
        early = watch;
        awaited = watch == null ? null : new AwaitedInputs(newCell.playerCount(), clock.nanos());
        cell = newCell;
    }

    /**
     * After the next tick none begins any more, and nobody is taken in, until it goes on: the cell is about to go on elsewhere. Asked again it does nothing. Any thread.
     *
     * @param then on the ticking thread, when that tick is over; not when it is to go on before
     */
    synchronized void freezeAfterTick(Runnable then) {
        if (!frozen && whenFrozen == null) {
            whenFrozen = then;
        }
    }

    synchronized void goOn() {
        whenFrozen = null;
        frozen = false;
    }

    /** No tick begins any more, and nobody is taken in. */
    boolean frozen() {
        return frozen;
    }

    private void freezeIfAsked() {
        Runnable then;
        synchronized (this) {
            then = whenFrozen;
            whenFrozen = null;
            frozen = then != null;
        }
        if (then != null) {
            then.run();
        }
    }

    /** The worker it stands with; null before the first. */
    @Nullable
    WorkerLoop worker() {
        WorkerLoop.Posting now = posting.get();
        return now == null ? null : now.worker();
    }

    /** It stands with another worker from its next tick on. Any thread; the last call wins. */
    void moveTo(WorkerLoop worker) {
        wanted = worker;
        WorkerLoop.Posting now = posting.get();
        // Ticking: who ticks it now reads the wish when that is done. Either he sees it, or he is done and we see that.
        if (now == null || now.idle()) {
            posting.compareAndSet(now, worker.idle());
        }
        settle();
        worker.poke();
    }

    private void settle() {
        WorkerLoop.Posting now = posting.get();
        WorkerLoop goal = wanted;
        if (now != null && now.idle() && goal != null && now.worker() != goal) {
            posting.compareAndSet(now, goal.idle());
        }
    }

    Admission offer(long epoch, CellInput message) {
        Cell seated = cell;
        if (seated == null || frozen) {
            return Admission.SEALED;
        }
        Admission admission = seated.offer(epoch, message);
        AwaitedInputs open = awaited;
        if (open != null && open.completedBy(message)) {
            poke();
        }
        return admission;
    }

    /** It may have waited long enough. Any thread. */
    void poke() {
        WorkerLoop worker = worker();
        if (worker != null) {
            worker.poke();
        }
    }

    private boolean waits() {
        AwaitedInputs open = awaited;
        if (open == null) {
            return false;
        }
        if (open.lacks(clock.nanos())) {
            return true;
        }
        awaited = null;
        return false;
    }

    /** Brings the cell up to this tick if it stands with this worker; false when it does not, or another one is still at it. */
    boolean tick(WorkerLoop worker, long tick, WorldClock time) {
        if (posting.get() != worker.idle() || !posting.compareAndSet(worker.idle(), worker.ticking())) {
            return false;
        }
        try {
            Cell seated = cell;
            if (seated != null && !frozen && seated.phase() == Cell.Phase.RUNNING && !waits()) {
                catchUp(worker, seated, tick, time);
            }
        } finally {
            posting.set(worker.idle());
            settle();
        }
        return true;
    }

    /** The cell ticks no more under this epoch or a lower one, as if it had thrown: what it did is void. Any thread. */
    synchronized void condemn(long epoch) {
        condemnedEpoch = Math.max(condemnedEpoch, epoch);
    }

    /** What this cell did is void: nothing of it may be stored any more. */
    boolean condemned(Cell seated) {
        return seated.epoch() <= condemnedEpoch;
    }

    private void catchUp(WorkerLoop worker, Cell seated, long tick, WorldClock time) {
        if (condemned(seated)) {
            cell = null;
            onFailure.failed(this, seated.epoch(), null);
            return;
        }
        long from = seated.lastTick() + 1;
        // A layer that was woken must not run through old ticks with the first who come: they have lived them
        // elsewhere.
        if (from <= tick - time.catchUpTicksMax() || seated.entityCount() == 0) {
            from = Math.max(from, tick);
        }
        // A retired worker leaves the rest to whoever follows. When the world ends nobody does: it must not wait for
        // all
        // of them.
        for (long due = from; due <= tick && seated.phase() == Cell.Phase.RUNNING && worker.running(); due++) {
            long startNanos = clock.nanos();
            try {
                seated.tick(due, time.epochMillis(due));
                long took = clock.nanos() - startNanos;
                load.ticked(took, seated.softNanos(), seated.opportunisticNanos());
                EarlyTicks watch = early;
                if (watch != null && !watch.ticked(took)) {
                    early = null;
                }
                if (whenFrozen != null) {
                    freezeIfAsked();
                }
                if (frozen) {
                    return;
                }
            } catch (CellFailedException failure) {
                failed(failure);
                return;
            }
        }
    }

    private void failed(CellFailedException failure) {
        cell = null;
        LOG.atError()
                .setCause(failure.getCause())
                .addKeyValue("world", id.world())
                .addKeyValue("cell", id)
                .addKeyValue("epoch", failure.epoch())
                .addKeyValue("tick", failure.tick())
                .log("{}", failure.getMessage());
        onFailure.failed(this, failure.epoch(), failure.command());
    }
}
