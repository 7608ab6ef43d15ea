package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.HexPartition;
import org.junit.jupiter.api.Test;

/** What rule/flight.ts makes of controls. */
class FlightTest {
    private static final float PI = (float) Math.PI;
    private static final float SHIP_TURN = 5 * Crafts.TICK_SECONDS;

    private final Crafts crafts = new Crafts(new HexPartition(1, 1, 10_000));
    private final int ship = crafts.ship();

    private float fly(float speed, float wish, int held, int ticks) {
        crafts.set(ship, new Velocity(speed, 0));
        crafts.set(ship, new Controls(wish, 0, 0, held, 0));
        crafts.fly(ticks);
        return crafts.get(ship, Velocity.class).x();
    }

    private float turn(float from, float to) {
        crafts.set(ship, new Heading(from));
        crafts.set(ship, new Controls(0, 0, to, 0, 0));
        crafts.fly(1);
        return crafts.get(ship, Heading.class).yaw();
    }

    private float energyAfter(float energy, int held, int ticks) {
        crafts.set(ship, new Pilot(0, 0, energy, 0));
        fly(0, 0, held, ticks);
        return crafts.get(ship, Pilot.class).energy();
    }

    @Test
    void gainsSpeedUpToItsLimit() {
        assertThat(fly(0, 1, 0, 1)).isBetween(2f, 2.25f);
        assertThat(fly(0, 1, 0, 100)).isEqualTo(40);
        assertThat(fly(0, -1, 0, 100)).isEqualTo(-40);
    }

    @Test
    void isFasterWhileItBoostsAndComesDownGently() {
        float boosted = fly(0, 1, Buttons.BOOST, 60);
        assertThat(boosted).isCloseTo(70, within(1e-4f));
        assertThat(fly(boosted, 1, 0, 1)).isBetween(65f, 68f);
        assertThat(fly(boosted, 1, 0, 20)).isEqualTo(40);
    }

    @Test
    void keepsMostOfItsSpeedWithoutThrustAndLittleWithBrakes() {
        assertThat(fly(40, 0, 0, 20)).isBetween(27f, 29f);
        assertThat(fly(40, 0, Buttons.BRAKE, 20)).isBetween(1f, 3f);
    }

    @Test
    void drainsEnergyByBoostingAndRegainsItOtherwise() {
        assertThat(energyAfter(50, Buttons.BOOST, 20)).isCloseTo(22, within(1e-4f));
        assertThat(energyAfter(50, 0, 20)).isCloseTo(66, within(1e-4f));
        assertThat(energyAfter(99, 0, 20)).isEqualTo(100);
        assertThat(energyAfter(1, Buttons.BOOST, 20))
                .as("the button on empty gives nothing, and nothing comes back")
                .isEqualTo(1);
    }

    @Test
    void aDroneNeverBoostsEvenAfterShipsHaveBeenMoved() {
        int drone = crafts.drone();
        crafts.set(drone, new Controls(1, 0, 0, Buttons.BOOST, 0));
        fly(0, 1, Buttons.BOOST, 100);
        assertThat(crafts.get(drone, Velocity.class).x()).isEqualTo(28);
    }

    @Test
    void turnsByNoMoreThanItsRate() {
        assertThat(turn(0, 2)).isEqualTo(SHIP_TURN);
        assertThat(turn(0, -2)).isEqualTo(-SHIP_TURN);
        assertThat(turn(0, 0.1f)).isEqualTo(0.1f);
    }

    @Test
    void turnsTheShortWayAcrossTheSeam() {
        assertThat(turn(3, -3)).isCloseTo(3.25f - 2 * PI, within(1e-6f));
        assertThat(turn(-3, 3)).isCloseTo(2 * PI - 3.25f, within(1e-6f));
    }

    @Test
    void keepsEveryDirectionWithinPi() {
        for (float aim = -1000; aim < 1000; aim += 7.3f) {
            turn(0, aim);
            crafts.fly(15);
            float yaw = crafts.get(ship, Heading.class).yaw();
            assertThat(yaw).isBetween(-PI, PI);
            assertThat(Angles.cos(yaw)).isCloseTo(Angles.cos(aim), within(1e-3f));
        }
        assertThat(turn(0, Float.MAX_VALUE)).isBetween(-PI, PI);
    }

    @Test
    void aDestroyedShipDriftsOnAndObeysNobody() {
        crafts.set(ship, new Vitals(0, 0, 0, 0));
        assertThat(fly(10, -1, Buttons.BRAKE, 20)).isEqualTo(10);
        assertThat(crafts.get(ship, Position.class).x()).isCloseTo(10, within(1e-4f));
    }

    @Test
    void isPushedBackAtTheRim() {
        Crafts small = new Crafts(new HexPartition(1, 1, 100));
        int runner = small.ship();
        small.set(runner, new Controls(1, 0, 0, Buttons.BOOST, 0));
        for (int i = 0; i < 200; i++) {
            small.fly(1);
            assertThat(small.get(runner, Position.class).x()).isLessThan(100);
        }
    }

    @Test
    void marksNothingThatStaysAsItWas() {
        crafts.fly(1);
        assertThat(crafts.changed(ship, Position.class, "x")).isFalse();
        assertThat(crafts.changed(ship, Pilot.class, "energy")).isFalse();
        fly(10, 0, 0, 1);
        assertThat(crafts.changed(ship, Position.class, "x")).isTrue();
        assertThat(crafts.changed(ship, Position.class, "y")).isFalse();
    }

    @Test
    void nanHasOneForm() {
        crafts.set(ship, new Controls(Float.intBitsToFloat(0xffc12345), 0, 0, 0, 0));
        crafts.fly(1);
        int bits = Float.floatToRawIntBits(crafts.get(ship, Velocity.class).x());
        assertThat(bits).isEqualTo(0x7fc00000);
    }
}
