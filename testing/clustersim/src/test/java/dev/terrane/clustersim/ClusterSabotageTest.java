package dev.terrane.clustersim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkers are no decoration: each planted bug is noticed, by a rule that it breaks, and the same seed unbroken is green. */
@Timeout(900)
class ClusterSabotageTest {
    private static final int SEED_COUNT = 300;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isNoticed(Sabotage sabotage) {
        StringBuilder others = new StringBuilder();
        for (long seed = 1; seed <= SEED_COUNT; seed++) {
            Plan plan = Plan.of(seed, Plan.TROUBLE_SECONDS_DEFAULT, true);
            try {
                ClusterRun.of(plan, sabotage, _ -> {});
            } catch (Violation found) {
                if (sabotage.rules().contains(found.rule())) {
                    assertThatCode(() -> ClusterRun.of(plan, Sabotage.NONE, _ -> {}))
                            .as("seed " + seed + " unbroken")
                            .doesNotThrowAnyException();
                    return;
                }
                others.append("\nseed ").append(seed).append(": ").append(found.getMessage());
            }
        }
        assertThat(others.toString())
                .as("none of %s cried in %d seeds; others did:%s", sabotage.rules(), SEED_COUNT, others)
                .isNull();
    }
}
