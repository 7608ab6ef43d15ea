package dev.terrane.placement;

/**
 * When the world steps down and up.
 *
 * @param busyPercent of the busiest worker above which it steps down
 * @param calmPercent of the busiest worker below which it steps up
 * @param busySteps in a row before a step down
 * @param calmSteps in a row before a step up
 * @param dilationFloor slowest simulated time per real time; 1 switches dilation off
 */
public record LadderRules(int busyPercent, int calmPercent, int busySteps, int calmSteps, double dilationFloor) {
    /** Nothing is ever left out. */
    public static final LadderRules OFF = new LadderRules(Integer.MAX_VALUE, 1, 1, 1, 1);

    public LadderRules {
        if (calmPercent < 1 || calmPercent >= busyPercent || busySteps < 1 || calmSteps < 1) {
            throw new IllegalArgumentException(
                    "calm %d %% for %d, busy %d %% for %d".formatted(calmPercent, calmSteps, busyPercent, busySteps));
        }
        if (!(dilationFloor >= 0.1 && dilationFloor <= 1)) {
            throw new IllegalArgumentException("dilation floor " + dilationFloor + " must be 0.1 to 1");
        }
    }
}
