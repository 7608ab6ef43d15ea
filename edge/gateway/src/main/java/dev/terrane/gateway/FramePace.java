package dev.terrane.gateway;

/** When a session is sent everything anew. */
final class FramePace {
    private final int intervalFrames;
    private int untilKeyframe;
    private boolean fresh = true;
    /** Some slice did not fit into the last frame. */
    boolean incomplete;

    /** @param stagger any number; neighbours differ by one, so their keyframes fall on different snapshots */
    FramePace(int intervalFrames, int stagger) {
        this.intervalFrames = intervalFrames;
        this.untilKeyframe = 1 + Math.floorMod(stagger, intervalFrames);
    }

    /** The client has nothing, or what it has is void: the next frame needs nothing before it. */
    void restart() {
        fresh = true;
    }

    boolean fresh() {
        return fresh;
    }

    /** Once per frame that is sent: whether everything is due anew. */
    boolean keyframeDue() {
        fresh = false;
        if (--untilKeyframe > 0) {
            return false;
        }
        untilKeyframe = intervalFrames;
        return true;
    }
}
