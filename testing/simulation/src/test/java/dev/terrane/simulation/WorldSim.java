package dev.terrane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole worlds from seeds. {@code ./terrane sim --seed N} repeats one, {@code ./terrane sim --seeds N} plays thousands. */
class WorldSim {
    private static final int SEED_COUNT = 220;
    private static final int REPEATED_EVERY = 40;

    @Test
    void keepsAllPromisesUnderTrouble() {
        RunReport sum = RunReport.nothing();
        List<String> red = new ArrayList<>();
        for (long seed = 1; seed <= SEED_COUNT; seed++) {
            try {
                sum = sum.plus(new Simulation(Plan.of(seed), Tamper.HONEST, false).play());
            } catch (Violation found) {
                red.add("seed " + seed + ": " + found.getMessage() + "; repeat it by: "
                        + Violation.replay(Plan.of(seed)));
            }
        }
        assertThat(red).isEmpty();
        assertThat(sum.handoffCount()).as("hand-offs").isGreaterThan(10_000);
        assertThat(sum.intentCount()).as("intents").isGreaterThan(10_000);
        assertThat(sum.restartCount()).as("restarts").isGreaterThan(10);
        assertThat(sum.dropCount()).as("dropped connections").isGreaterThan(20);
    }

    @Test
    void repeatsARunExactly() {
        for (long seed = 1; seed <= SEED_COUNT; seed += REPEATED_EVERY) {
            RunReport once = new Simulation(Plan.of(seed), Tamper.HONEST, true).play();
            assertThat(new Simulation(Plan.of(seed), Tamper.HONEST, true).play())
                    .as("seed " + seed)
                    .isEqualTo(once);
        }
    }
}
