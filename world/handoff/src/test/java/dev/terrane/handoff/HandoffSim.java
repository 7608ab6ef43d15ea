package dev.terrane.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.cluster.Admission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Hand-offs under crashes and a bad network. Repeat one run with {@code -Dhandoff.seed=SEED}, look longer with {@code -Dhandoff.seeds=COUNT}. */
class HandoffSim {
    private static final int SEED_COUNT = 1000;
    private static final int SABOTAGED_SEED_COUNT = 1000;

    @Test
    void neverLosesNorDoublesAnEntity() {
        play(Admission.SEALED);
    }

    /** No cell is gone for good here, but what ends when one seems so must not be missed when it is back. */
    @Test
    void neverLosesNorDoublesAnEntityWhenACellThatIsDownSeemsGone() {
        play(Admission.UNKNOWN);
    }

    private static void play(Admission downAnswer) {
        long only = Long.getLong("handoff.seed", 0);
        long last = only == 0 ? Long.getLong("handoff.seeds", SEED_COUNT) : only;
        int crashes = 0;
        int handoffs = 0;
        int effects = 0;
        for (long seed = only == 0 ? 1 : only; seed <= last; seed++) {
            SimWorld world = new SimWorld(seed, Sabotage.NONE);
            world.downAnswer = downAnswer;
            try {
                world.play();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "-Dhandoff.seed=" + seed + " (" + downAnswer + "): " + failure.getMessage(), failure);
            }
            crashes += world.crashCount;
            handoffs += world.handoffCount;
            effects += world.effectCount;
        }
        if (only == 0) {
            assertThat(crashes).as("crashes").isGreaterThan(SEED_COUNT);
            assertThat(handoffs).as("hand-offs").isGreaterThan(10 * SEED_COUNT);
            assertThat(effects).as("journaled effects").isGreaterThan(5 * SEED_COUNT);
        }
    }

    @Test
    void repeatsARunExactly() {
        for (long seed = 1; seed <= 20; seed++) {
            SimWorld once = new SimWorld(seed, Sabotage.NONE);
            SimWorld again = new SimWorld(seed, Sabotage.NONE);
            assertThat(again.play()).as("seed " + seed).isEqualTo(once.play());
            assertThat(again.state()).as("seed " + seed).isEqualTo(once.state());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void noticesSabotage(Sabotage sabotage) {
        int noticed = 0;
        for (long seed = 1; seed <= SABOTAGED_SEED_COUNT && noticed == 0; seed++) {
            try {
                new SimWorld(seed, sabotage).play();
            } catch (AssertionError | IllegalStateException expected) {
                noticed++;
            }
        }
        assertThat(noticed).as("runs in which a checker cried out").isPositive();
    }
}
