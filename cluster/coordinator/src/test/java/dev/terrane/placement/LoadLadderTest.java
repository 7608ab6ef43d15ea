package dev.terrane.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadLadderTest {
    private static final LadderRules RULES = new LadderRules(85, 60, 4, 20, 0.1);

    private final LoadLadder ladder = new LoadLadder(RULES);

    @Test
    void takesOneRungAfterTheOtherAndGivesThemBackInReverseOrder() {
        List<Rung> down = rungs(90, 0, 40);
        assertThat(down).containsExactly(Rung.OPPORTUNISTIC, Rung.FAR_RINGS, Rung.SPLIT, Rung.DILATION);
        List<Rung> up = rungs(20, 0, 400);
        assertThat(up).containsExactly(Rung.SPLIT, Rung.FAR_RINGS, Rung.OPPORTUNISTIC, Rung.NORMAL);
        assertThat(ladder.posture()).isEqualTo(Posture.NORMAL);
    }

    @Test
    void waitsForNoRungWhenTicksAreLate() {
        ladder.step(300, 3);
        assertThat(ladder.posture()).isEqualTo(new Posture(Rung.DILATION, 0.25));
    }

    @Test
    void leavesTimeAloneWhereLatenessIsNotOverload() {
        rungs(20, 4, 100);
        assertThat(ladder.posture().dilation()).isEqualTo(1);
    }

    @Test
    void neverSlowsTimeDownWhereThatIsSwitchedOff() {
        LoadLadder without = new LoadLadder(new LadderRules(85, 60, 4, 20, 1));
        for (int i = 0; i < 100; i++) {
            without.step(500, 10);
        }
        assertThat(without.posture()).isEqualTo(new Posture(Rung.SPLIT, 1));
        assertThat(without.mayDilate()).isFalse();
    }

    @Test
    void stopsAtTheFloor() {
        rungs(5_000, 30, 100);
        assertThat(ladder.posture()).isEqualTo(new Posture(Rung.DILATION, 0.1));
        assertThat(ladder.mayDilate()).isFalse();
    }

    @Test
    void settlesUnderSteadyNoisyLoadAndLeavesNobodyBehind() {
        for (long seed = 1; seed <= 300; seed++) {
            Rng rng = new Rng(seed);
            LoadLadder under = new LoadLadder(RULES);
            float demand = rng.nextFloat(0.1f, 8); // rounds per undilated period
            Posture last = Posture.NORMAL;
            int changesLate = 0;
            for (int step = 0; step < 2_000; step++) {
                double busy =
                        demand * rng.nextFloat(0.93f, 1.07f) * under.posture().dilation();
                Posture now = under.step((int) (busy * 100), Math.max(0, busy - 1) * 4);
                changesLate += step >= 500 && !now.equals(last) ? 1 : 0;
                last = now;
            }
            assertThat(demand * last.dilation()).as("busy, seed " + seed).isLessThan(1);
            assertThat(changesLate).as("changes after it settled, seed " + seed).isLessThanOrEqualTo(2);
            if (demand < 0.5) {
                assertThat(last).as("seed " + seed).isEqualTo(Posture.NORMAL);
            }
        }
    }

    private List<Rung> rungs(int busyPercent, double behindTicks, int steps) {
        List<Rung> seen = new ArrayList<>();
        Rung last = ladder.posture().rung();
        for (int i = 0; i < steps; i++) {
            Rung now = ladder.step(busyPercent, behindTicks).rung();
            if (now != last) {
                seen.add(now);
            }
            last = now;
        }
        return seen;
    }
}
