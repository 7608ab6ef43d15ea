package dev.terrane.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkers are no decoration: each way to break a protocol is noticed, by the checker whose rule it breaks, and the same seed unbroken is green. */
class SabotageTest {
    private static final int SEED_COUNT = 40;

    @ParameterizedTest
    @EnumSource
    void isNoticedByTheCheckerOfItsRule(Sabotage sabotage) {
        StringBuilder others = new StringBuilder();
        for (long seed = 1; seed <= SEED_COUNT; seed++) {
            Violation found = play(plan(sabotage, seed), sabotage.tamper.get());
            if (found != null && found.checker().equals(sabotage.checker.getSimpleName())) {
                long green = seed;
                assertThatCode(() -> new Simulation(plan(sabotage, green), Tamper.HONEST, false).play())
                        .as("seed " + seed + " unbroken")
                        .doesNotThrowAnyException();
                return;
            }
            if (found != null) {
                others.append("\nseed ").append(seed).append(": ").append(found.getMessage());
            }
        }
        assertThat(others.toString())
                .as("%s never cried in %d seeds; others did:%s", sabotage.checker.getSimpleName(), SEED_COUNT, others)
                .isNull();
    }

    private static Plan plan(Sabotage sabotage, long seed) {
        return Plan.of(seed, Plan.FAULT_TICKS_DEFAULT, sabotage.workload);
    }

    private static @Nullable Violation play(Plan plan, Tamper tamper) {
        try {
            new Simulation(plan, tamper, false).play();
            return null;
        } catch (Violation found) {
            return found;
        }
    }
}
