package dev.terrane.rewind;

/**
 * How much of the past is kept.
 *
 * @param historyTicks how far back
 * @param jumpMetresPerTick whoever moves farther in a tick has jumped: between two places of a jump there is no way, and what was before it is forgotten
 */
public record HistoryLimits(int historyTicks, float jumpMetresPerTick) {
    /** Owners may be ahead of the cell by so many ticks. */
    static final int AHEAD_TICKS = 8;

    public HistoryLimits {
        if (historyTicks < 1 || historyTicks > 1200) {
            throw new IllegalArgumentException("historyTicks is " + historyTicks + ", but must be 1 to 1200");
        }
        if (!(jumpMetresPerTick > 0)) {
            throw new IllegalArgumentException(
                    "jumpMetresPerTick is " + jumpMetresPerTick + ", but must be more than 0");
        }
    }

    int frameCount() {
        return historyTicks + 1 + AHEAD_TICKS;
    }
}
