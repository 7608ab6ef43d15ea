package dev.terrane.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command lane in whole simulated lives. {@code -Dlane.seed=N} repeats one, {@code -Dlane.seeds=N} plays more. */
class LaneSim {
    private static final int SEED_COUNT = 500;
    private static final int SABOTAGED_SEED_COUNT = 60;

    @Test
    void keepsAllPromises() {
        long only = Long.getLong("lane.seed", -1);
        long first = only < 0 ? 1 : only;
        long last = only < 0 ? Long.getLong("lane.seeds", SEED_COUNT) : only;
        LaneRun.Report sum = new LaneRun.Report(0, 0, 0, 0, 0, 0, 0, 0);
        List<String> red = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                sum = sum.plus(new LaneRun(seed, LaneSabotage.NONE).play());
            } catch (LaneViolation found) {
                red.add("-Dlane.seed=" + seed + ": " + found.getMessage());
            }
        }
        System.out.println("lane: seeds " + first + " to " + last + ": " + sum);
        assertThat(red).isEmpty();
        if (only < 0) {
            assertThat(sum.effectCount()).as("effects").isGreaterThan(10_000);
            assertThat(sum.parkedCount()).as("parked").isGreaterThan(1_000);
            assertThat(sum.deadCount()).as("dead").isGreaterThan(100);
            assertThat(sum.faultCount()).as("faults of receivers").isGreaterThan(500);
            assertThat(sum.restartCount()).as("restarts").isGreaterThan(100);
            assertThat(sum.refundCount()).as("refunds").isGreaterThan(50);
            assertThat(sum.forgottenCount()).as("forgotten settlements").isGreaterThan(100);
        }
    }

    @Test
    void repeatsARunExactly() {
        for (long seed = 1; seed <= SEED_COUNT; seed += 40) {
            assertThat(new LaneRun(seed, LaneSabotage.NONE).play())
                    .as("seed " + seed)
                    .isEqualTo(new LaneRun(seed, LaneSabotage.NONE).play());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void sabotageIsNoticedByTheRuleItBreaks(LaneSabotage sabotage) {
        StringBuilder others = new StringBuilder();
        for (long seed = 1; seed <= SABOTAGED_SEED_COUNT; seed++) {
            try {
                new LaneRun(seed, sabotage).play();
            } catch (LaneViolation found) {
                if (found.rule.equals(sabotage.rule)) {
                    return;
                }
                others.append("\nseed ").append(seed).append(": ").append(found.getMessage());
            }
        }
        assertThat(others.toString())
                .as("'%s' never cried in %d seeds; others did:%s", sabotage.rule, SABOTAGED_SEED_COUNT, others)
                .isNull();
    }
}
