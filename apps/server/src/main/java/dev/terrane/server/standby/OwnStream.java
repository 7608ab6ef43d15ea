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
    /** Far longer than an answer takes, and shorter than players wait for a join. */
    private static final long STUCK_NANOS = 1_000_000_000L;
    /** A base was sent: it is long, and takes a while to be carried out. */
    private static final long STUCK_IN_BASE_NANOS = 3_000_000_000L;
    /** Counted at most of what lies between two looks: a node that stood still itself has not heard the answers yet. */
    private static final long LOOK_NANOS_MAX = 50_000_000;
    /** What is still held of a cell that is not here any more: by then it has left, or never will. */
    private static final long OVER_NANOS = 3_000_000_000L;

    final CellId cell;
    final long epoch;
    final StandbyStream stream;
    private final OutputGate gate;

    @Nullable
    NodeId target;
    /** By which the target was chosen. */
    long standbyEntry;
    /** As the map says. */
    boolean whole;

    long streamSeen;

    private @Nullable Runnable whenFollowed;
    private @Nullable Awaited awaited;

    private int answers;
    private long seenTick = Long.MIN_VALUE;
    /** For so long its words have waited for an answer of the standby, as far as this node was awake. */
    private long waitedNanos;

    private long lookedNanos;
    private boolean isOurs = true;
    private long overNanos;
    private volatile long lagTicks;

    /**
     * Who is to follow a cell under this epoch.
     *
     * @param standbyEntry of the log, by which it was chosen
     */
    record Aim(long epoch, @Nullable NodeId standby, long standbyEntry) {
        static Aim nobody(long epoch) {
            return new Aim(epoch, null, 0);
        }
    }

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
        this.lookedNanos = nowNanos;
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
    void aim(Aim at) {
        if (Objects.equals(at.standby, target) && at.standbyEntry == standbyEntry) {
            return; // chosen once more it has given its copy away meanwhile, or is about to
        }
        target = at.standby;
        standbyEntry = at.standbyEntry;
        waitedNanos = 0;
        answers = 0;
        whenFollowed = null; // of who asked for another's sake
        awaited = null;
        stream.rest();
        stream.send(_ -> false); // what nobody wanted
        gate.pass();
        if (target != null) {
            stream.resume();
        }
    }

    /** How far the standby is, has changed, or time has passed. */
    void stable(long nowNanos) {
        long tick = stream.stableTick();
        boolean hasAll = tick != Long.MIN_VALUE && tick >= stream.sentTick();
        if (tick != seenTick || hasAll || gate.heldCount() == 0) {
            seenTick = tick;
            waitedNanos = 0;
        }
        waitedNanos += Math.min(nowNanos - lookedNanos, LOOK_NANOS_MAX);
        lookedNanos = nowNanos;
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
    boolean isStuck() {
        boolean stuck = target != null && waitedNanos > (stream.isBeginning() ? STUCK_IN_BASE_NANOS : STUCK_NANOS);
        waitedNanos = stuck ? 0 : waitedNanos;
        return stuck;
    }

    /** It is nobody's under this epoch, or somebody else's. */
    void leave(long nowNanos) {
        aim(Aim.nobody(epoch));
        if (isOurs) {
            isOurs = false;
            overNanos = nowNanos;
        }
    }

    /** Whether it has left, and what it has said, too. */
    boolean isOver(long nowNanos) {
        return !isOurs && (gate.heldCount() == 0 || nowNanos - overNanos > OVER_NANOS);
    }

    /** What it has said and is still here. Any thread. */
    int heldCount() {
        return gate.heldCount();
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
