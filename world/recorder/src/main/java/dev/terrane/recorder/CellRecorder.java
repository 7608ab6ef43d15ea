package dev.terrane.recorder;

import dev.terrane.cell.CellTap;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import dev.terrane.queue.Inbox;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From a cell's tick to whoever writes: bounded, and never waiting. What finds no room is lost and counted; then nothing more is taken until a base says where
 * the cell stands, for a row of ticks with a hole leads nowhere.
 *
 * <p>The tick calls what a {@link CellTap} has; one other thread calls {@link #drain}.
 */
public final class CellRecorder implements CellTap {
    /** What may wait to be written: some seconds of ticks. */
    static final int WAITING_COUNT_MAX = 256;
    /** After a loss the writer is given so long before it is asked for more. */
    private static final int PAUSE_TICKS = 20;

    private final int hashTicks;
    private final int baseTicks;
    private final Inbox<Object> waiting = new Inbox<>(WAITING_COUNT_MAX);
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean stopped;
    private volatile boolean baseWanted;
    private boolean based;
    private long baseTick = Long.MIN_VALUE / 2;
    private long pausedUntilTick = Long.MIN_VALUE;

    /**
     * A base as it was handed over.
     *
     * @param continues every tick since the base before was handed over, too
     */
    public record Base(RunningDraft draft, boolean continues) {}

    /** Hears what was handed over, in order. */
    public interface Reader {
        void ticked(TickLog log);

        void base(Base base);
    }

    /** @param baseTicks from one base to the next */
    public CellRecorder(int hashTicks, int baseTicks) {
        this.hashTicks = hashTicks;
        this.baseTicks = baseTicks;
    }

    @Override
    public int hashTicks() {
        return hashTicks;
    }

    @Override
    public void ticked(TickLog log) {
        if (based && !waiting.offer(log)) {
            lose(log.tick());
        }
    }

    @Override
    public boolean baseDue(long tick) {
        return !stopped && tick >= pausedUntilTick && (!based || baseWanted || tick - baseTick >= baseTicks);
    }

    @Override
    public void base(RunningDraft draft) {
        if (waiting.offer(new Base(draft, based))) {
            based = true;
            baseWanted = false;
            baseTick = draft.tick();
        } else {
            draft.discard();
            lose(draft.tick());
        }
    }

    private void lose(long tick) {
        lost.incrementAndGet();
        based = false;
        pausedUntilTick = tick + PAUSE_TICKS;
    }

    @Override
    public void interrupted() {
        based = false;
    }

    /** Ticks and bases that found no room. Any thread. */
    public long lostCount() {
        return lost.get();
    }

    /** Nothing more is wanted, until {@link #resume}. Any thread. */
    public void stop() {
        stopped = true;
    }

    /** After a stop: a base is wanted, and what follows it. The writer's thread. */
    public void resume() {
        baseWanted = true;
        stopped = false;
    }

    /** What was written does not lead on: a base is wanted soon. The writer's thread. */
    public void wantBase() {
        baseWanted = true;
    }

    /** Reads what waits; returns how much that was. */
    public int drain(Reader reader) {
        return waiting.drain(
                each -> {
                    if (each instanceof TickLog log) {
                        reader.ticked(log);
                    } else if (each instanceof Base base) {
                        reader.base(base);
                    }
                },
                WAITING_COUNT_MAX);
    }
}
