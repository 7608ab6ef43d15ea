package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightModelTest {
    private static final float TICK = 0.05f;

    private static float fly(float speed, boolean boosts, boolean brakes, float wish, int ticks) {
        float now = speed;
        for (int i = 0; i < ticks; i++) {
            float pushed = FlightModel.SHIP.accelerate(now, wish, boosts, brakes, TICK);
            now = Math.copySign(FlightModel.SHIP.limit(Math.abs(now), Math.abs(pushed), boosts, TICK), pushed);
        }
        return now;
    }

    @Test
    void gainsSpeedUpToItsLimit() {
        assertThat(fly(0, false, false, 1, 1)).isBetween(2f, 2.25f);
        assertThat(fly(0, false, false, 1, 100)).isEqualTo(40);
        assertThat(fly(0, false, false, -1, 100)).isEqualTo(-40);
    }

    @Test
    void isFasterWhileItBoostsAndComesDownGently() {
        float boosted = fly(0, true, false, 1, 100);
        assertThat(boosted).isEqualTo(70);

        float oneTickLater = fly(boosted, false, false, 1, 1);
        assertThat(oneTickLater).isBetween(65f, 68f);
        assertThat(fly(boosted, false, false, 1, 20)).isEqualTo(40);
    }

    @Test
    void keepsMostOfItsSpeedWithoutThrustAndLittleWithBrakes() {
        assertThat(fly(40, false, false, 0, 20)).isBetween(27f, 29f);
        assertThat(fly(40, false, true, 0, 20)).isBetween(1f, 3f);
    }

    @Test
    void drainsEnergyByBoostingAndRegainsItOtherwise() {
        assertThat(FlightModel.energyAfter(50, true, 1)).isEqualTo(22);
        assertThat(FlightModel.energyAfter(50, false, 1)).isEqualTo(66);
        assertThat(FlightModel.energyAfter(99, false, 1)).isEqualTo(100);
        assertThat(FlightModel.energyAfter(1, true, 1)).isZero();
    }
}
