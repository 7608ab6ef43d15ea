package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same as TypeScript's {@code solids.test.ts}. */
class SolidsTest {
    private static final double ORIGIN_X = 150;

    private static float[] near(List<Solids.Solid> all) {
        return Solids.near(all, ORIGIN_X, 0, 0, 0);
    }

    private static Solids.Solid rock(double x, double y, float radius) {
        return new Solids.Solid(ORIGIN_X + x, y, radius);
    }

    @Test
    void areThingsThatAreNearFromTheOriginOfTheRegion() {
        assertThat(near(List.of(rock(10, 20, 5), rock(-60, 0, 5)))).containsExactly(10, 20, 5, -60, 0, 5);
    }

    @Test
    void areNotWhatIsFar() {
        assertThat(near(List.of(rock(66, 0, 5)))).isEmpty();
    }

    @Test
    void areTheNearestWhereARuleWouldNotTakeAll() {
        List<Solids.Solid> rocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rocks.add(rock(50 - i, 0, 1));
        }
        float[] solids = near(rocks);
        assertThat(solids).hasSize(32 * Solids.VALUES);
        float farthest = 0;
        for (int i = 0; i < solids.length; i += Solids.VALUES) {
            farthest = Math.max(farthest, solids[i]);
        }
        assertThat(farthest).isEqualTo(42);
    }
}
