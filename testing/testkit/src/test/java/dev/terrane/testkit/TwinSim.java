package dev.terrane.testkit;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A cell and its twin, made from a running image at any moment, stay the same for as long as they consume the same: over borders, through splits and merges, full
 * ways and restarts. {@code -Dsim.seed=N} repeats one seed, {@code -Dsim.seeds=N} runs more.
 */
class TwinSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 25);
    private static final int TICK_COUNT = 300;

    @Test
    void staysTheSameAsItsTwinAmongDrifters() {
        Map<String, String> options = Map.of("drifters", "12", "turns", "30", "numbered", "yes");
        forEachSeed(seed -> new TwinTrial(seed, Drift::new, options).play(TICK_COUNT));
    }

    @Test
    void staysTheSameAsItsTwinInABrawl() {
        forEachSeed(seed -> new TwinTrial(seed, Brawl::new, Map.of()).play(TICK_COUNT));
    }

    private static void forEachSeed(java.util.function.LongConsumer run) {
        Long single = Long.getLong("sim.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? SEED_COUNT : single;
        for (long seed = first; seed <= last; seed++) {
            try {
                run.accept(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " failed; repeat it with -Dsim.seed=" + seed, e);
            }
        }
    }
}
