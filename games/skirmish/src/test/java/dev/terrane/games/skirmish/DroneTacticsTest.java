package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Velocity;
import org.junit.jupiter.api.Test;

class DroneTacticsTest {
    @Test
    void chasesWhoIsFar() {
        Controls controls = DroneTactics.fight(0, 110, DroneTactics.STILL, 0);

        assertThat(controls.moveY()).isEqualTo(1);
        assertThat(controls.aim()).isCloseTo((float) Math.PI / 2, within(1e-6f));
        assertThat(Buttons.down(controls.held(), Buttons.FIRE))
                .as("out of range")
                .isFalse();
    }

    @Test
    void circlesAtADistanceAndFires() {
        Controls controls = DroneTactics.fight(50, 0, DroneTactics.STILL, 0);

        assertThat(controls.moveX()).isZero();
        assertThat(Math.abs(controls.moveY())).isEqualTo(1);
        assertThat(Buttons.down(controls.held(), Buttons.FIRE)).isTrue();
    }

    @Test
    void fleesWhoIsCloseAndStillAimsAtHim() {
        Controls controls = DroneTactics.fight(20, 0, DroneTactics.STILL, 0);

        assertThat(controls.moveX()).isEqualTo(-1);
        assertThat(controls.aim()).isZero();
    }

    @Test
    void leadsATargetThatCrosses() {
        assertThat(DroneTactics.fight(80, 0, new Velocity(0, 40), 0).aim()).isBetween(0.2f, 0.3f);
    }

    @Test
    void patrolsTowardsItsGoalWithoutFiring() {
        Controls controls = DroneTactics.patrol(-30, 0);

        assertThat(controls.moveX()).isBetween(-0.5f, -0.3f);
        assertThat(controls.held()).isZero();
        assertThat(DroneTactics.patrol(0, 0).moveX()).isZero();
    }
}
