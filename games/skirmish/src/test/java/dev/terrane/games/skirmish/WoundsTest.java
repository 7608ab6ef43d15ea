package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;
import org.junit.jupiter.api.Test;

class WoundsTest {
    private final FakeCell cell = new FakeCell();

    /** A hull of 1 and nothing around it. */
    private long almostDead(float x, float y) {
        Craft drone = new Craft(Craft.DRONE, 1, Blueprints.DRONE_SIZE);
        return cell.here(new Position(x, y, 0), new Heading(0), new Velocity(0, 0), drone, new Vitals(0, 0, 1, 0));
    }

    /** A bolt ends at a hull, not in its middle, and where its shooter saw it: that may be another chunk. */
    @Test
    void tellsTheHitAndTheEndAtOnePlaceSoThatAllSeeThemInOneOrder() {
        long victim = almostDead(100, 31.5f);
        double strikeX = cell.worldX(100);
        Strike strike = new Strike(4711, "Ada", Weapon.SLUG.ordinal(), strikeX, 32.5, cell.tick, 0);
        new Wounds(cell.entities()).strike(cell, cell.find(victim), strike);

        assertThat(cell.told)
                .extracting(told -> told.event().getClass())
                .isEqualTo(List.of(Hit.class, Destroyed.class));
        assertThat(cell.told).allSatisfy(told -> {
            assertThat(told.x()).isEqualTo(100);
            assertThat(told.y()).isEqualTo(31.5f);
        });
        Hit hit = (Hit) cell.told.getFirst().event();
        assertThat(hit.y()).as("where the bolt ended").isEqualTo(32.5f);
    }
}
