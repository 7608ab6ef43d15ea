package dev.terrane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole worlds from seeds. {@code ./terrane sim --seed N} repeats one, {@code ./terrane sim --seeds N} plays thousands. */
class WorldSim {
    private static final int REPEATED_EVERY = 16;

    private static int seedCountOf(Workload workload) {
        return workload == Workload.MIXED ? 80 : 40;
    }

    @ParameterizedTest
    @EnumSource
    void keepsAllPromises(Workload workload) {
        RunReport sum = RunReport.nothing();
        List<String> red = new ArrayList<>();
        for (long seed = 1; seed <= seedCountOf(workload); seed++) {
            Plan plan = Plan.of(seed, Plan.FAULT_TICKS_DEFAULT, workload);
            try {
                sum = sum.plus(new Simulation(plan, Tamper.HONEST, false).play());
            } catch (Violation found) {
                red.add("seed " + seed + ": " + found.getMessage() + "; repeat it by: " + Violation.replay(plan));
            }
        }
        assertThat(red).isEmpty();
        assertThat(sum.handoffCount()).as("hand-offs").isGreaterThan(5_000);
        assertThat(sum.intentCount()).as("intents").isGreaterThan(5_000);
        boolean calm = workload == Workload.CALM;
        assertThat(sum.dropCount()).as("dropped connections").isBetween(calm ? 0L : 20L, calm ? 0L : 10_000L);
        boolean crashes = workload != Workload.BORDERS && !calm;
        assertThat(sum.restartCount()).as("restarts").isBetween(crashes ? 10L : 0L, crashes ? 10_000L : 0L);
        boolean splits = workload != Workload.BORDERS;
        assertThat(sum.splitCount()).as("splits").isBetween(splits ? 50L : 0L, splits ? 10_000L : 0L);
        assertThat(sum.ghostCount()).as("ghosts").isGreaterThan(10_000);
        assertThat(sum.mergeCount()).as("merges").isBetween(splits ? 30L : 0L, splits ? 10_000L : 0L);
    }

    @Test
    void repeatsARunExactly() {
        for (Workload workload : Workload.values()) {
            for (long seed = 1; seed <= seedCountOf(workload); seed += REPEATED_EVERY) {
                Plan plan = Plan.of(seed, Plan.FAULT_TICKS_DEFAULT, workload);
                RunReport once = new Simulation(plan, Tamper.HONEST, true).play();
                assertThat(new Simulation(plan, Tamper.HONEST, true).play())
                        .as(workload + " " + seed)
                        .isEqualTo(once);
            }
        }
    }

    /**
     * Merges that never ended: news of a layer that was taken away had been lost in a crash, or came in one tick with the arrivals it was about. Ghosts that were
     * lost: nobody asked a layer anew that was taken away and woken again at once. Ghosts too many: whoever had strayed was taken for near on all sides.
     */
    @ParameterizedTest
    @CsvSource({"LAYERS, 2", "LAYERS, 38", "CALM, 29", "CALM, 35", "CALM, 19", "CALM, 32", "LAYERS, 9", "LAYERS, 24"})
    void isGreenWhereItOnceWasRed(Workload workload, long seed) {
        Plan plan = Plan.of(seed, Plan.FAULT_TICKS_DEFAULT, workload);
        assertThat(new Simulation(plan, Tamper.HONEST, false).play().tickCount())
                .isPositive();
    }
}
