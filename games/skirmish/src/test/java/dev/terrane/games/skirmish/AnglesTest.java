package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnglesTest {
    private static final float PI = (float) Math.PI;

    @Test
    void turnsByNoMoreThanItsStep() {
        assertThat(Angles.turn(0, 2, 0.25f)).isEqualTo(0.25f);
        assertThat(Angles.turn(0, -2, 0.25f)).isEqualTo(-0.25f);
        assertThat(Angles.turn(0, 0.1f, 0.25f)).isEqualTo(0.1f);
    }

    @Test
    void turnsTheShortWayAcrossTheSeam() {
        assertThat(Angles.turn(3, -3, 0.25f)).isEqualTo(Angles.wrap(3.25f));
        assertThat(Angles.turn(-3, 3, 0.25f)).isEqualTo(Angles.wrap(-3.25f));
    }

    @Test
    void keepsEveryDirectionWithinPi() {
        for (float radians = -50; radians < 50; radians += 0.37f) {
            assertThat(Angles.wrap(radians)).isBetween(-PI, PI);
            assertThat(Angles.cos(Angles.wrap(radians))).isCloseTo(Angles.cos(radians), within(1e-4f));
        }
        assertThat(Angles.wrap(Float.MAX_VALUE)).isBetween(-PI, PI);
    }
}
