package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamageTest {
    @Test
    void takesTheShieldFirst() {
        Damage damage = Damage.of(Weapon.PULSE, Vitals.SHIP_FULL, 77);

        assertThat(damage.after()).isEqualTo(new Vitals(86, 80, 120, 77));
        assertThat(damage.amount()).isEqualTo(14);
        assertThat(damage.layer()).isEqualTo(Damage.SHIELD);
    }

    @Test
    void passesOnWhatALayerCouldNotHold() {
        Damage damage = Damage.of(Weapon.PULSE, new Vitals(4, 80, 120, 0), 1);

        // 4 of 14 end in the shield, 10 go on to armor, which scatters three tenths of light
        assertThat(damage.after()).isEqualTo(new Vitals(0, 73, 120, 1));
        assertThat(damage.layer()).isEqualTo(Damage.ARMOR);
    }

    @Test
    void reachesTheHullThroughBothLayers() {
        Damage damage = Damage.of(Weapon.PULSE, new Vitals(2, 3.5f, 120, 0), 1);

        // 2 in the shield, 5 spent on 3.5 of armor, 7 left for the hull
        assertThat(damage.after()).isEqualTo(new Vitals(0, 0, 113, 1));
        assertThat(damage.layer()).isEqualTo(Damage.HULL);
        assertThat(damage.destroys()).isFalse();
    }

    @Test
    void destroysAtHullZeroAndNoFurther() {
        Damage damage = Damage.of(Weapon.PULSE, new Vitals(0, 0, 5, 0), 1);

        assertThat(damage.after().hull()).isZero();
        assertThat(damage.amount()).isEqualTo(5);
        assertThat(damage.destroys()).isTrue();
    }

    @Test
    void letsShieldsTurnSlugsAside() {
        assertThat(Damage.of(Weapon.SLUG, Vitals.SHIP_FULL, 1).amount()).isEqualTo(6 * 0.6f);
        assertThat(Damage.of(Weapon.SLUG, new Vitals(0, 80, 120, 0), 1).amount())
                .isEqualTo(6);
    }

    @Test
    void needsThatManyShotsForAShip() {
        Vitals vitals = Vitals.SHIP_FULL;
        int shots = 0;
        while (vitals.hull() > 0) {
            vitals = Damage.of(Weapon.PULSE, vitals, shots++).after();
        }
        assertThat(shots).isEqualTo(24); // 100 + 80 / 0.7 + 120 points at 14 a shot
    }
}
