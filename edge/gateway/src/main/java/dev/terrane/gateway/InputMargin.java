package dev.terrane.gateway;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How early a client's inputs come for the ticks that they name, so that the client can run a little further ahead, or less. Told twice a second, the least of
 * that while.
 *
 * <p>Measured is until the frame of the named tick is expected here, going by the last frame that came: that depends on nobody's clock. The cell takes inputs some time
 * before that frame; how much, is learned from those that came before the frame and are not in it, and subtracted.
 *
 * <pre>
 *   input for tick 12 ─────●◄──── margin ────►┆◄ learned ►○ frame of tick 12 expected
 *   frames            ●────────────────●──────────────────○
 *                     10               11
 * </pre>
 */
final class InputMargin {
    static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A tick farther off is of some other clock. */
    private static final int TICKS_MAX = 64;
    /** Of what was learned so much is believed when the margin is told next: the world may have become lighter. */
    private static final double KEPT = 0.98;

    private static final long NONE = Long.MAX_VALUE;

    private long framedTick;
    private long framedAtNanos;
    private long tickNanos;
    private long leastNanos = NONE;
    private long takenBeforeNanos;
    private long toldAtNanos;
    private @Nullable Arrivals arrivals;

    /**
     * A frame came.
     *
     * @param ackedSeq the last input that is in it
     * @param newTickNanos real time from one tick to the next
     */
    void framed(long tick, int ackedSeq, long nowNanos, long newTickNanos) {
        framedTick = tick;
        framedAtNanos = nowNanos;
        tickNanos = newTickNanos;
        if (arrivals != null && arrivals.hasUnapplied((int) tick, ackedSeq)) {
            long tooLate = nowNanos - arrivals.at((int) tick);
            takenBeforeNanos = Math.max(takenBeforeNanos, Math.min(tooLate, tickNanos));
        }
    }

    /** @param clientTick the tick that the input is for; 0: it names none */
    void arrived(int seq, int clientTick, long nowNanos) {
        int ahead = clientTick - (int) framedTick;
        if (clientTick == 0 || tickNanos == 0 || Math.abs(ahead) > TICKS_MAX) {
            return;
        }
        leastNanos = Math.min(leastNanos, framedAtNanos - nowNanos + ahead * tickNanos);
        if (arrivals == null) {
            arrivals = new Arrivals();
        }
        arrivals.note(seq, clientTick, nowNanos);
    }

    boolean due(long nowNanos) {
        return leastNanos != NONE && nowNanos - toldAtNanos >= TELL_NANOS;
    }

    /** Negative: one came so much too late. */
    int leastMillis() {
        return (int) TimeUnit.NANOSECONDS.toMillis(leastNanos - takenBeforeNanos);
    }

    void told(long nowNanos) {
        leastNanos = NONE;
        takenBeforeNanos = (long) (takenBeforeNanos * KEPT);
        toldAtNanos = nowNanos;
    }

    /** When the last inputs came, by the ticks that they name. */
    private static final class Arrivals {
        private final int[] ticks = new int[TICKS_MAX];
        private final int[] seqs = new int[TICKS_MAX];
        private final long[] nanos = new long[TICKS_MAX];

        void note(int seq, int tick, long nowNanos) {
            int i = tick & (TICKS_MAX - 1);
            ticks[i] = tick;
            seqs[i] = seq;
            nanos[i] = nowNanos;
        }

        boolean hasUnapplied(int tick, int ackedSeq) {
            int i = tick & (TICKS_MAX - 1);
            return ticks[i] == tick && seqs[i] > ackedSeq;
        }

        long at(int tick) {
            return nanos[tick & (TICKS_MAX - 1)];
        }
    }
}
