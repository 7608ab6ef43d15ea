package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import org.junit.jupiter.api.Test;

/** The systems against entities of other cells. */
class GhostGameTest {
    private static final Craft SHIP = new Craft(Craft.SHIP, 0, Blueprints.SHIP_SIZE);
    private static final Craft DRONE = new Craft(Craft.DRONE, 1, Blueprints.DRONE_SIZE);
    private static final Craft ROCK = new Craft(Craft.ASTEROID, 0, 10);
    private static final Vitals DEAD = new Vitals(0, 0, 0, 0);

    private final FakeCell cell = new FakeCell();

    /** A bolt of a drone of team 1 that has just flown 8 m eastwards and stands at x = 10. */
    private long bolt(long shooter) {
        return cell.here(
                new Position(10, 0, 0),
                new Heading(0),
                new Velocity(160, 0),
                new Craft(Craft.BOLT, 1, Weapon.BOLT_SIZE),
                new Bolt(shooter, "Drone", 1, Weapon.SLUG.ordinal(), 50, 0),
                new Lifetime(1000));
    }

    private boolean flies(long bolt) {
        cell.settle();
        return cell.find(bolt) != 0;
    }

    private void resolveBolts() {
        new BoltHits(cell.entities(), false).run(cell);
    }

    @Test
    void aBoltThatMeetsAGhostEndsAndAsksItsOwner() {
        long ship = cell.beyondTheBorder(new Position(9, 1, 0), new Velocity(0, 0), SHIP, Vitals.SHIP_FULL);
        long bolt = bolt(4711);
        resolveBolts();
        assertThat(flies(bolt)).isFalse();
        assertThat(cell.wishes).singleElement().satisfies(wish -> {
            assertThat(wish.target()).isEqualTo(ship);
            Strike strike = (Strike) wish.intent();
            assertThat(strike.shooter()).isEqualTo(4711);
            assertThat(strike.weapon()).isEqualTo(Weapon.SLUG.ordinal());
            assertThat(strike.x()).as("in the world's plane").isBetween(1001.0, 1010.0);
        });
        resolveBolts();
        assertThat(cell.wishes).as("once").hasSize(1);
    }

    @Test
    void aBoltMeetsTheFirstOnItsWayOnEitherSide() {
        cell.beyondTheBorder(new Position(9.5f, 0, 0), SHIP, Vitals.SHIP_FULL);
        long nearer = cell.here(new Position(5, 0, 0), new Velocity(0, 0), SHIP, Vitals.SHIP_FULL);
        bolt(4711);
        resolveBolts();
        assertThat(cell.wishes).extracting(FakeCell.Wish::target).containsExactly(nearer);
    }

    @Test
    void aBoltFliesOnWhenTheWayToTheOwnerIsFull() {
        cell.beyondTheBorder(new Position(9, 0, 0), SHIP, Vitals.SHIP_FULL);
        long bolt = bolt(4711);
        cell.wayIsFull = true;
        resolveBolts();
        assertThat(flies(bolt)).isTrue();
        assertThat(cell.wishes).isEmpty();
    }

    @Test
    void aGhostlyRockEndsABoltAndIsAskedNothing() {
        cell.beyondTheBorder(new Position(12, 0, 0), ROCK);
        long bolt = bolt(4711);
        resolveBolts();
        assertThat(flies(bolt)).isFalse();
        assertThat(cell.wishes).isEmpty();
    }

    @Test
    void sparesGhostsOfTheShooterHisTeamAndTheDead() {
        long shooter = cell.beyondTheBorder(new Position(9, 0, 0), SHIP, Vitals.SHIP_FULL);
        cell.beyondTheBorder(new Position(9, 0, 0), DRONE, Vitals.DRONE_FULL);
        cell.beyondTheBorder(new Position(9, 0, 0), SHIP, DEAD);
        long bolt = bolt(shooter);
        resolveBolts();
        assertThat(flies(bolt)).isTrue();
        assertThat(cell.wishes).isEmpty();
    }

    @Test
    void aDroneHuntsAGhostAndKeepsItInSight() {
        long ship = cell.beyondTheBorder(new Position(80, 0, 0), SHIP, Vitals.SHIP_FULL);
        long drone = cell.here(
                new Position(0, 0, 0),
                new Heading(0),
                new Velocity(0, 0),
                new Controls(0, 0, 0, 0, 0),
                DRONE,
                Vitals.DRONE_FULL,
                new Gun(0),
                Drone.NEWBORN);
        new DroneMind(cell.entities()).run(cell);
        var schema = cell.entities().schema();
        assertThat(cell.entities()
                        .get(cell.find(drone), schema.type(Drone.class))
                        .target())
                .isEqualTo(ship);
        assertThat(cell.followed).containsExactly(ship);
        Controls controls = cell.entities().get(cell.find(drone), schema.type(Controls.class));
        assertThat(controls.moveX()).as("it comes nearer").isPositive();
        assertThat(controls.held()).as("and fires").isEqualTo(Buttons.FIRE);
    }

    @Test
    void aShipIsPutBackOntoTheSurfaceOfAGhostlyRock() {
        cell.beyondTheBorder(new Position(10, 0, 0), ROCK);
        long ship = cell.here(
                new Position(0, 0, 0), new Velocity(20, 0), new Controls(1, 0, 0, 0, 0), SHIP, Vitals.SHIP_FULL);
        new Bouncing(cell.entities(), cell.rule()).run(cell);
        var schema = cell.entities().schema();
        assertThat(cell.entities()
                        .get(cell.find(ship), schema.type(Position.class))
                        .x())
                .isEqualTo(10 - 10 - Blueprints.SHIP_SIZE);
        assertThat(cell.entities()
                        .get(cell.find(ship), schema.type(Velocity.class))
                        .x())
                .isEqualTo(-10);
    }
}
