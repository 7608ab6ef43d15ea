package dev.terrane.sdk.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.sdk.Input;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PilotTest {
    private static final Partition SECTOR = new HexPartition(4, 4, 256);

    /** A ship that goes where its pilot steers, ten metres a step. */
    private static final class Flight implements Surroundings {
        private double x;
        private double y;
        private @Nullable Target target;

        Input step(Pilot pilot) {
            Input input = pilot.steer(this);
            assertThat(Math.hypot(input.moveX(), input.moveY())).isLessThan(1.0001);
            x += 10 * input.moveX();
            y += 10 * input.moveY();
            return input;
        }

        @Override
        public double x() {
            return x;
        }

        @Override
        public double y() {
            return y;
        }

        @Override
        public Partition partition() {
            return SECTOR;
        }

        @Override
        public @Nullable Target nearestTarget() {
            return target;
        }
    }

    private final Flight flight = new Flight();

    @Test
    void roamersSeeTheWholeSectorAndStayInIt() {
        Pilot pilot = Scenario.ROAM.pilot(new Rng(1));
        Set<RegionId> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            flight.step(pilot);
            seen.add(SECTOR.regionAt(flight.x, flight.y));
        }
        assertThat(seen).containsAll(SECTOR.regions());
    }

    @Test
    void crowdsMeetInTheMiddleAndBrake() {
        Pilot pilot = Scenario.CROWD.pilot(new Rng(1));
        Input last = Input.NONE;
        for (int i = 0; i < 400; i++) {
            last = flight.step(pilot);
        }
        assertThat(last.held()).isEqualTo(Buttons.BRAKE);
        assertThat(last.moveX()).isZero();
        assertThat(flight.x).isCloseTo(256 * Math.sqrt(3) * 1.75, within(26.0));
        assertThat(flight.y).isCloseTo(256 * 1.5 * 1.5, within(26.0));
    }

    @Test
    void fightersChaseAimAndFire() {
        Pilot pilot = Scenario.FIGHT.pilot(new Rng(1));
        flight.target = new Surroundings.Target(0, 500);
        Input input = flight.step(pilot);
        assertThat(input.held()).isEqualTo(Buttons.FIRE);
        assertThat(input.aim()).isCloseTo((float) (Math.PI / 2), within(1e-6f));
        assertThat(input.moveY()).isEqualTo(1);
        for (int i = 0; i < 200; i++) {
            flight.step(pilot);
        }
        assertThat(Math.hypot(flight.x, flight.y - 500)).isLessThan(100);
    }

    @Test
    void fightersWithoutATargetLookForOne() {
        Pilot pilot = Scenario.FIGHT.pilot(new Rng(1));
        assertThat(flight.step(pilot).held()).isZero();
        assertThat(Math.hypot(flight.x, flight.y)).isPositive();
    }

    @Test
    void anUnknownScenarioNamesTheChoices() {
        assertThat(Scenario.parse("crowd")).isEqualTo(Scenario.CROWD);
        assertThatThrownBy(() -> Scenario.parse("party")).hasMessageContaining("roam, crowd or fight");
    }
}
