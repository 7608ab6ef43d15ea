package dev.terrane.server.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.standby.OutputGate;
import dev.terrane.standby.StandbyStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell of this node and who follows it. The sender's own.
 *
 * <pre>
 *   nobody ──aim──► begun ──first answer──► held back ──the tick before it is acknowledged──► whole: the coordinators are told
 *     ▲ everything passes                      everything but frames waits for the standby
 *     └──aim: nobody, as the log has settled──┘
 * </pre>
 */
final class OwnStream {
    /** About a second at 20 Hz. */
    private static final int ANSWERS_PER_WORD = 20;
    /** Far longer than a base takes that begins anew, and shorter than players wait for a join. */
    private static final long STUCK_NANOS = 3_000_000_000L;

    final CellId cell;
    final long epoch;
    final StandbyStream stream;
    private final OutputGate gate;

    @Nullable
    NodeId target;
    /** As the map says. */
    boolean whole;

    long streamSeen;

    private @Nullable Runnable whenFollowed;
    private @Nullable Awaited awaited;

    private int answers;
    private long seenTick = Long.MIN_VALUE;
    private long seenNanos;
    private volatile long lagTicks;

    /** Who is to follow a cell under this epoch. */
    record Aim(long epoch, @Nullable NodeId standby) {}

    /**
     * Something that waits for a tick to be stable.
     *
     * @param broken instead: the standby needs a base first
     */
    record Awaited(long tick, Runnable then, Runnable broken) {}

    OwnStream(CellId cell, long epoch, StandbyStream stream, OutputGate gate, long nowNanos) {
        this.cell = cell;
        this.epoch = epoch;
        this.stream = stream;
        this.gate = gate;
        this.seenNanos = nowNanos;
    }

    /** What was ticked has been sent. */
    void sent() {
        long tick = stream.stableTick();
        lagTicks = tick == Long.MIN_VALUE ? 0 : Math.max(0, stream.sentTick() - tick);
    }

    /** By how much the standby is behind what it was sent; 0 while nobody follows. Any thread. */
    long lagTicks() {
        return lagTicks;
    }

    /** The log has settled who follows, so whoever did before will not be promoted. */
    void aim(@Nullable NodeId standby) {
        if (Objects.equals(standby, target)) {
            return;
        }
        target = standby;
        answers = 0;
        whenFollowed = null; // of who asked for another's sake
        awaited = null;
        stream.rest();
        stream.send(_ -> false); // what nobody wanted
        gate.pass();
        if (standby != null) {
            stream.resume();
        }
    }

    /** How far the standby is, has changed, or time has passed. */
    void stable(long nowNanos) {
        long tick = stream.stableTick();
        if (tick != seenTick || gate.heldCount() == 0) {
            seenTick = tick;
            seenNanos = nowNanos;
        }
        if (tick != Long.MIN_VALUE) {
            gate.hold();
        }
        gate.release(tick);
        settle(tick);
    }

    private void settle(long tick) {
        boolean follows = tick != Long.MIN_VALUE;
        Runnable early = whenFollowed;
        if (early != null && follows) {
            whenFollowed = null;
            early.run();
        }
        Awaited waiting = awaited;
        if (waiting != null && (!follows || tick >= waiting.tick)) {
            awaited = null;
            (follows ? waiting.then : waiting.broken).run();
        }
    }

    /** The last call wins. */
    void whenFollowed(Runnable then) {
        whenFollowed = then;
        settle(stream.stableTick());
    }

    /** The last call wins. */
    void await(Awaited next) {
        awaited = next;
        settle(stream.stableTick());
    }

    /** Whether words of the cell have waited for a standby for so long that it had better have none. Says so once in that time. */
    boolean isStuck(long nowNanos) {
        boolean stuck = target != null && nowNanos - seenNanos > STUCK_NANOS;
        seenNanos = stuck ? nowNanos : seenNanos;
        return stuck;
    }

    /**
     * Whether the coordinators are to be told that the standby is whole: it has every tick of which anything was heard, and knows all facts that are not stored: were one missing, the cell would have
     * to stop, just taken over, and start from its checkpoint. Now and then, until the map says so.
     */
    boolean isWholeNow() {
        return !whole
                && stream.remembersFacts()
                && stream.stableTick() >= gate.holdsFromTick() - 1
                && answers++ % ANSWERS_PER_WORD == 0;
    }
}
