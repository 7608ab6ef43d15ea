package dev.terrane.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bent modules: each is refused, or taken as another rule, and nothing else comes out. None is run, for some never end. {@code -Dfuzz.seed=N} repeats. */
class CompiledRuleFuzz {
    private static final int CASE_COUNT = 1_000;
    private static final int BENT_BYTES_MAX = 3;

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

    @Test
    void nothingButARefusalComesOutOfBentModules() {
        System.out.println("CompiledRuleFuzz: -Dfuzz.seed=" + seed);
        int refused = 0;
        for (int i = 0; i < CASE_COUNT; i++) {
            byte[] bent = bend(new TestModule().bytes(), new Rng(Rng.mix(seed + i)));
            try {
                CompiledRule.load("the fuzz", bent);
            } catch (RuleRefusedException expected) {
                refused++;
            } catch (RuntimeException | Error bug) {
                throw new AssertionError(
                        "repeat with -Dfuzz.seed=" + seed + ", case " + i + ", bytes "
                                + HexFormat.of().formatHex(bent),
                        bug);
            }
        }
        assertThat(refused).isBetween(CASE_COUNT / 2, CASE_COUNT);
    }

    private static byte[] bend(byte[] bytes, Rng rng) {
        int count = 1 + rng.nextInt(BENT_BYTES_MAX);
        for (int i = 0; i < count; i++) {
            bytes[rng.nextInt(bytes.length)] = (byte) rng.nextInt(256);
        }
        return bytes;
    }
}
