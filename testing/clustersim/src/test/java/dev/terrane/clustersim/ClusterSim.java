package dev.terrane.clustersim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clusters by seed: {@code -Dcluster.seed=} plays one, {@code -Dcluster.seeds=} so many from 1 on. */
@Timeout(1800)
class ClusterSim {
    private static final int SEED_COUNT_DEFAULT = 500;
    private static final int CALM_COUNT = 5;
    private static final int REPEATED_EVERY = 50;

    @Test
    void keepsAllPromisesInTrouble() {
        Long one = Long.getLong("cluster.seed");
        long first = one == null ? 1 : one;
        long count = one == null ? Integer.getInteger("cluster.seeds", SEED_COUNT_DEFAULT) : 1;
        List<String> red = new ArrayList<>();
        RunReport sum = RunReport.nothing();
        for (long seed = first; seed < first + count; seed++) {
            Plan plan = Plan.of(seed, Plan.TROUBLE_SECONDS_DEFAULT, true);
            try {
                sum = sum.plus(ClusterRun.of(plan, Sabotage.NONE, _ -> {}));
            } catch (Violation found) {
                red.add("seed " + seed + ": " + found.getMessage() + "; repeat it by: " + plan.replay());
            }
        }
        assertThat(red).isEmpty();
        assertThat(sum.faultCount()).as("faults").isGreaterThan(4 * count);
        assertThat(sum.openedCount()).as("cells opened somewhere").isGreaterThan(4 * count);
        assertThat(sum.snapshotCount()).as("snapshots").isGreaterThan(100 * count);
        assertThat(sum.paymentCount()).as("payments").isGreaterThan(10 * count);
    }

    @Test
    void keepsAllPromisesWhenNothingGoesWrong() {
        for (long seed = 1; seed <= CALM_COUNT; seed++) {
            Plan plan = Plan.of(seed, Plan.TROUBLE_SECONDS_DEFAULT, false);
            RunReport report = ClusterRun.of(plan, Sabotage.NONE, _ -> {});
            assertThat(report.faultCount()).isZero();
            if (!plan.crowded()) { // a layer may be woken more than once
                assertThat(report.openedCount())
                        .as("no cell starts twice: seed " + seed)
                        .isEqualTo(plan.size().regions());
            }
        }
    }

    @Test
    void repeatsARunExactly() {
        for (long seed = 1; seed <= 200; seed += REPEATED_EVERY) {
            Plan plan = Plan.of(seed, Plan.TROUBLE_SECONDS_DEFAULT, true);
            List<String> once = new ArrayList<>();
            List<String> twice = new ArrayList<>();
            RunReport first = ClusterRun.of(plan, Sabotage.NONE, once::add);
            RunReport second = ClusterRun.of(plan, Sabotage.NONE, twice::add);
            assertThat(twice).as("seed " + seed).isEqualTo(once);
            assertThat(second).as("seed " + seed).isEqualTo(first);
        }
    }
}
