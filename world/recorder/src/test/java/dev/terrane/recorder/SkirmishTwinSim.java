package dev.terrane.recorder;

import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.testkit.TwinTrial;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo's cells beside their twins; see TwinSim in testing/testkit. {@code -Dsim.seed=N} repeats one seed, {@code -Dsim.seeds=N} runs more. */
class SkirmishTwinSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 8);
    private static final int TICK_COUNT = 200;

    @Test
    void staysTheSameAsItsTwinInTheDemo() {
        Map<String, String> options = Map.of("dronesPerRegion", "20", "asteroidsPerRegion", "10");
        Long single = Long.getLong("sim.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? SEED_COUNT : single;
        for (long seed = first; seed <= last; seed++) {
            try {
                new TwinTrial(seed, Skirmish::new, options).play(TICK_COUNT);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " failed; repeat it with -Dsim.seed=" + seed, e);
            }
        }
    }
}
