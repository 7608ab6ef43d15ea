package dev.terrane.conditions;

import dev.terrane.base.Rng;

/**
 * One direction of a bad link: says when what is sent will arrive. In order, always, as TCP delivers.
 *
 * <pre>
 *   sent ─► waits for the wire ─► on the wire (bytes / kbps) ─► half a round trip ─► jitter ─► not before the one before ─► not during a stall
 * </pre>
 *
 * <p>A stall stands for a lost packet: what comes after it has arrived, too, but is not handed out before the lost one was sent again. So
 * everything that would arrive during a stall arrives at its end, all at once. Stalls begin at moments that depend on the seed and the start alone, not on what is sent; between
 * them lie exponentially distributed times.
 *
 * <p>One owner; not thread-safe.
 */
public final class LinkModel {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MINUTE = 60_000 * NANOS_PER_MILLI;
    /** A bit at a kbit per second. */
    private static final long NANOS_PER_BIT = 1_000_000;

    private final LinkConditions conditions;
    private final Rng jitter;
    private final Rng stalls;
    private long wireFreeNanos;
    private long lastArrivalNanos;
    private long stallFromNanos;
    private long stallUntilNanos;

    /**
     * @param way which of all directions of all connections under these conditions it is: others have other luck
     * @param startNanos when the connection begins
     */
    public LinkModel(LinkConditions conditions, long way, long startNanos) {
        this.conditions = conditions;
        long luck = Rng.mix(conditions.seed() ^ Rng.mix(way + 1));
        this.jitter = new Rng(luck);
        this.stalls = new Rng(~luck);
        this.wireFreeNanos = startNanos;
        this.lastArrivalNanos = startNanos;
        this.stallUntilNanos = startNanos;
        if (conditions.stallsPerMinute() > 0) {
            planStall();
        }
    }

    /**
     * When it arrives; never before what was asked about earlier.
     *
     * @param sentNanos not before the start, and never less than at the call before
     * @param bytes of the message, not negative
     */
    public long arrivalNanos(long sentNanos, int bytes) {
        long leaves = sentNanos;
        if (conditions.kbitPerSecond() > 0) {
            // Differences, for such a clock may pass the end of its numbers.
            leaves = (sentNanos - wireFreeNanos > 0 ? sentNanos : wireFreeNanos)
                    + bytes * 8L * NANOS_PER_BIT / conditions.kbitPerSecond();
            wireFreeNanos = leaves;
        }
        long arrives = leaves
                + conditions.rttMillis() * NANOS_PER_MILLI / 2
                + (long) (jitter.nextFloat() * (conditions.jitterMillis() * NANOS_PER_MILLI));
        if (arrives - lastArrivalNanos < 0) {
            arrives = lastArrivalNanos;
        }
        lastArrivalNanos = conditions.stallsPerMinute() > 0 ? afterStall(arrives) : arrives;
        return lastArrivalNanos;
    }

    private long afterStall(long arrives) {
        while (arrives - stallUntilNanos >= 0) {
            planStall();
        }
        return arrives - stallFromNanos >= 0 ? stallUntilNanos : arrives;
    }

    private void planStall() {
        long lasts = conditions.stallMillis() * NANOS_PER_MILLI;
        double gapMean = NANOS_PER_MINUTE / (double) conditions.stallsPerMinute() - lasts;
        stallFromNanos = stallUntilNanos + (long) (gapMean * -StrictMath.log(1 - stalls.nextFloat()));
        stallUntilNanos = stallFromNanos + lasts;
    }
}
