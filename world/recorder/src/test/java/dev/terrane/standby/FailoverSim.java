package dev.terrane.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Owners die at any tick, and their standbys go on. {@code -Dsim.seed=N} repeats one seed, {@code -Dsim.seeds=N} runs more.
 */
class FailoverSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 30);
    private static final int TICKS_WILD = 300;
    private static final int FAULT_SEED_COUNT = 6;

    static LongStream seeds() {
        Long single = Long.getLong("sim.seed");
        return single == null ? LongStream.rangeClosed(1, SEED_COUNT) : LongStream.of(single);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesAndDoublesNothingWhateverDies(long seed) {
        FailoverWorld world = run(seed, FailoverFault.NONE);
        assertThat(world.cutCount())
                .as("seed %d: connections were replaced", seed)
                .isPositive();
    }

    @Test
    void promotesOftenAndLosesTicksThatNobodySaw() {
        int promotions = 0;
        int lost = 0;
        for (long seed = 1; seed <= 5; seed++) {
            FailoverWorld world = run(seed, FailoverFault.NONE);
            promotions += world.promotionCount();
            lost += world.lostTickCount();
        }
        assertThat(promotions).isGreaterThan(15);
        assertThat(lost).isGreaterThan(promotions / 2);
    }

    @ParameterizedTest
    @EnumSource(value = FailoverFault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsWhatIsDoneWrong(FailoverFault fault) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= FAULT_SEED_COUNT; seed++) {
                        run(seed, fault);
                    }
                })
                .as("%s", fault)
                .rootCause()
                .isExactlyInstanceOf(AssertionError.class);
    }

    private static FailoverWorld run(long seed, FailoverFault fault) {
        FailoverWorld world = new FailoverWorld(seed, fault);
        try {
            world.play(TICKS_WILD, true);
            world.checkQuiet();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " failed; repeat it with -Dsim.seed=" + seed, e);
        }
        return world;
    }
}
