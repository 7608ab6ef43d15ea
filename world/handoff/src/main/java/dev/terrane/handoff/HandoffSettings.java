package dev.terrane.handoff;

/**
 * How patient a cell is with its peers.
 *
 * @param retryTicks ticks between two offers of a copy that the target has not acknowledged
 * @param probeTicks ticks between two questions whether an acknowledged copy is stable by now
 * @param resendCountMax copies sent again to one target in one tick
 * @param keptCountMax copies kept for one target; when reached, entities stay home
 */
public record HandoffSettings(int retryTicks, int probeTicks, int resendCountMax, int keptCountMax) {
    public static final HandoffSettings DEFAULT = new HandoffSettings(10, 100, 64, 4096);
}
