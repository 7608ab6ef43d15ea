package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.TickFacts;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.games.skirmish.station.Salvage;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The game in real cells, tick by tick. Most tests play in one empty region, where nothing happens by chance. */
class SkirmishGameTest {
    private static final RegionId REGION = new RegionId(0, 0);
    private static final Partition ONE_REGION = new HexPartition(1, 1, 256);
    private static final float EAST = 0;
    private static final float WEST = (float) Math.PI;

    private static HandCrankedWorld empty(Partition partition) {
        return populated(partition, 0, 1);
    }

    private static HandCrankedWorld populated(Partition partition, int drones, long seed) {
        Map<String, String> options = Map.of("dronesPerRegion", "" + drones, "asteroidsPerRegion", "0");
        return HandCrankedWorld.of(Skirmish::new, options, partition, seed, CellSettings.defaults());
    }

    private static Controls fly(float moveX, int buttons) {
        return new Controls(moveX, 0, moveX < 0 ? WEST : EAST, buttons, 0);
    }

    private static Controls fire(float aim) {
        return new Controls(0, 0, aim, Buttons.FIRE, 0);
    }

    /** Unlike held buttons, which are repeated while a player is silent, this is over after its tick. */
    private static Controls tap(float aim) {
        return new Controls(0, 0, aim, 0, Buttons.FIRE);
    }

    private static void hold(HandCrankedWorld world, TestPlayer player, Controls controls, int ticks) {
        for (int i = 0; i < ticks; i++) {
            player.input(controls);
            world.tick(1);
        }
    }

    private static float speed(TestPlayer player) {
        Velocity velocity = player.avatar().get(Velocity.class);
        return Angles.length(velocity.x(), velocity.y());
    }

    @Test
    void aShipGainsSpeedUpToItsLimit() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", -150, 0);

        hold(world, ada, fly(1, 0), 5);
        assertThat(speed(ada)).isBetween(8f, 12f);
        hold(world, ada, fly(1, 0), 40);
        assertThat(speed(ada)).isBetween(39.9f, 40f);
    }

    @Test
    void boostIsFasterUntilTheEnergyIsGone() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", -190, 0);

        hold(world, ada, fly(1, Buttons.BOOST), 40);
        assertThat(speed(ada)).isGreaterThan(65);
        assertThat(ada.avatar().get(Pilot.class).energy()).isBetween(40f, 50f);
        hold(world, ada, fly(0, Buttons.BOOST), 60);
        assertThat(ada.avatar().get(Pilot.class).energy()).isLessThan(3);
    }

    @Test
    void aShotCostsEnergyAndTheNextHasToWait() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", 0, 0);

        hold(world, ada, fire(EAST), 12);

        assertThat(world.events(Shot.class, 12)).as("one each 0.2 s").hasSize(3);
        assertThat(ada.avatar().get(Pilot.class).energy()).isBetween(85f, 90f);
    }

    @Test
    void aTapBetweenTwoTicksFiresOnce() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", 0, 0);

        ada.input(tap(EAST));
        world.tick(20);

        assertThat(world.events(Shot.class, 20)).hasSize(1);
    }

    @Test
    void aShipTurnsToItsAimAtALimitedRate() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", 0, 0);

        hold(world, ada, new Controls(0, 0, WEST, 0, 0), 2);
        assertThat(Math.abs(ada.avatar().get(Heading.class).yaw())).isBetween(0.4f, 0.6f);
        hold(world, ada, new Controls(0, 0, WEST, 0, 0), 20);
        assertThat(Math.abs(ada.avatar().get(Heading.class).yaw())).isGreaterThan(3.1f);
    }

    private static <P extends Record> List<P> sent(HandCrankedWorld world, Class<P> payload) {
        return world.facts().stream()
                .flatMap(facts -> facts.sent().stream())
                .map(TickFacts.Sent::payload)
                .filter(payload::isInstance)
                .map(payload::cast)
                .toList();
    }

    @Test
    void aPilotWhoFliesThroughAWreckHasWhatIsInIt() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", 0, 100);
        world.visit(
                REGION,
                cell -> cell.spawn(
                        new Position(0, 103, 0), new Craft(Craft.WRECK, 0, 3), new Salvage(5), new Lifetime(10_000)));
        world.tick(3);
        assertThat(sent(world, InventoryCommands.Grant.class)).singleElement().satisfies(grant -> {
            assertThat(grant.to()).isEqualTo("character:" + ada.character().value() + "/cargo");
            assertThat(grant.amount()).isEqualTo(5);
        });
        assertThat(sent(world, EconomyCommands.Open.class))
                .as("who was never paid can sell it, too")
                .extracting(EconomyCommands.Open::wallet)
                .contains("character:" + ada.character().value() + "/credit");
        assertThat(kinds(world)).as("the wreck is gone").containsOnly(Craft.SHIP);
    }

    @Test
    void nothingIsGivenForAnEndThatCannotBeMadeDurable() {
        HandCrankedWorld world = empty(ONE_REGION);
        world.storeImages(false); // before its beginning is stored a cell keeps nothing
        TestPlayer ada = world.join("Ada", -30, 0);
        world.join("Bob", 30, 0);
        world.visit(
                REGION,
                cell -> cell.spawn(
                        new Position(-30, 3, 0), new Craft(Craft.WRECK, 0, 3), new Salvage(5), new Lifetime(10_000)));
        for (int i = 0; i < 600 && world.events(Destroyed.class, 1).isEmpty(); i++) {
            hold(world, ada, fire(EAST), 1);
        }
        hold(world, ada, fly(0, 0), 2);
        assertThat(ada.avatar().get(Pilot.class).score()).isEqualTo(50);
        assertThat(kinds(world)).as("the wreck is still full").contains(Craft.WRECK);
        assertThat(sent(world, InventoryCommands.Grant.class)).isEmpty();
        assertThat(sent(world, EconomyCommands.Issue.class))
                .filteredOn(paid -> paid.reference() != null && paid.reference().startsWith("kill-"))
                .isEmpty();

        world.storeImages(true);
        world.checkpoint(REGION);
        world.tick(3);
        assertThat(sent(world, InventoryCommands.Grant.class))
                .filteredOn(grant -> grant.amount() == 5)
                .hasSize(1);
    }

    @Test
    void aKillRaisesTheScoreAndTheVictimFliesAgainAfterAWhile() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", -30, 0);
        TestPlayer bob = world.join("Bob", 30, 0);
        for (int i = 0; i < 600 && world.events(Destroyed.class, 1).isEmpty(); i++) {
            hold(world, ada, fire(EAST), 1);
        }

        Destroyed destroyed = world.events(Destroyed.class, 1).getFirst();
        assertThat(destroyed.victim()).isEqualTo(bob.entityId());
        assertThat(destroyed.victimName()).isEqualTo("Bob");
        assertThat(destroyed.byName()).isEqualTo("Ada");
        assertThat(bob.avatar().get(Pilot.class).respawnIn()).isEqualTo(Pilot.RESPAWN_SECONDS);
        hold(world, ada, fly(0, 0), 1); // the score is news of the victim's owner, who tells the shooter's
        assertThat(ada.avatar().get(Pilot.class).kills()).isEqualTo(1);
        assertThat(ada.avatar().get(Pilot.class).score()).isEqualTo(50);
        world.tick(1);
        assertThat(sent(world, EconomyCommands.Issue.class))
                .as("the world pays for the kill")
                .filteredOn(paid -> paid.reference() != null && paid.reference().startsWith("kill-"))
                .singleElement()
                .satisfies(paid -> {
                    assertThat(paid.to())
                            .isEqualTo("character:" + ada.character().value() + "/credit");
                    assertThat(paid.amount()).isEqualTo(50);
                });
        assertThat(bob.avatar().get(Vitals.class).hull()).isZero();
        assertThat(kinds(world)).contains(Craft.WRECK);

        hold(world, bob, fly(1, Buttons.FIRE), 77);
        assertThat(speed(bob)).as("the dead do not fly").isZero();
        assertThat(world.events(Shot.class, 1)).as("nor shoot").isEmpty();
        hold(world, bob, fly(0, 0), 3);
        assertThat(bob.avatar().get(Pilot.class).respawnIn()).isZero();
        assertThat(bob.avatar().get(Vitals.class).hull()).isEqualTo(120);
        world.tick(200);
        assertThat(kinds(world)).as("wrecks burn out").containsOnly(Craft.SHIP);
    }

    private static List<Integer> kinds(HandCrankedWorld world) {
        return world.entities(Craft.class).stream()
                .map(view -> view.get(Craft.class).kind())
                .toList();
    }

    @Test
    void shieldsChargeAgainAfterARest() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", -30, 0);
        TestPlayer bob = world.join("Bob", 30, 0);
        hold(world, ada, tap(EAST), 1);
        world.tick(12);
        assertThat(bob.avatar().get(Vitals.class).shield()).isEqualTo(86);

        world.tick(60);
        assertThat(bob.avatar().get(Vitals.class).shield()).isEqualTo(86);
        world.tick(60);
        assertThat(bob.avatar().get(Vitals.class).shield()).isEqualTo(100);
    }

    @Test
    void asteroidsStopShipsAndBolts() {
        HandCrankedWorld world = empty(ONE_REGION);
        world.visit(
                REGION, cell -> cell.spawn(new Position(40, 0, 0), new Heading(0), new Craft(Craft.ASTEROID, 0, 10)));
        TestPlayer ada = world.join("Ada", 0, 0);

        for (int i = 0; i < 100; i++) {
            hold(world, ada, fly(1, Buttons.FIRE), 1);
            assertThat(ada.avatar().get(Position.class).x()).isLessThan(40 - 10 - Blueprints.SHIP_SIZE + 0.01f);
            assertThat(world.entities(Bolt.class)).allMatch(bolt -> bolt.worldX() < 40);
        }
        assertThat(world.events(Shot.class, 100)).isNotEmpty();
    }

    @Test
    void nobodyLeavesTheWorld() {
        HandCrankedWorld world = empty(ONE_REGION);
        TestPlayer ada = world.join("Ada", 0, 0);
        double rim = Places.innerRadius(ONE_REGION, REGION);

        for (int i = 0; i < 400; i++) {
            hold(world, ada, fly(1, Buttons.BOOST), 1);
            assertThat(ada.avatar().worldX()).isLessThan(rim + 15);
        }
        assertThat(ada.avatar().worldX()).isGreaterThan(rim - 40);
    }

    @Test
    void aDroneChasesAShipAndShootsAtIt() {
        HandCrankedWorld world = populated(ONE_REGION, 1, 5);
        TestPlayer ada = world.join("Ada", 0, 0);
        EntityView drone = world.entities(Drone.class).getFirst();
        world.visit(REGION, cell -> {
            long handle = cell.find(drone.id());
            cell.entities().set(handle, cell.entities().schema().type(Position.class), new Position(110, 0, 0));
        });

        world.tick(60);
        EntityView now = world.entity(drone.id());
        assertThat(now.get(Drone.class).target()).isEqualTo(ada.entityId());
        assertThat(now.worldX()).isLessThan(90);
        world.tick(200);
        assertThat(world.events(Hit.class, 200)).anyMatch(hit -> hit.target() == ada.entityId());
    }

    @Test
    void dronesAreReplacedOneByOne() {
        HandCrankedWorld world = populated(ONE_REGION, 3, 7);
        world.tick(1);
        world.entities(Drone.class).forEach(drone -> world.visit(REGION, cell -> cell.despawn(cell.find(drone.id()))));
        world.tick(1);
        assertThat(world.entities(Drone.class)).isEmpty();

        world.tick(61);
        assertThat(world.entities(Drone.class)).hasSize(1);
        world.tick(120);
        assertThat(world.entities(Drone.class)).hasSize(3);
    }

    @Test
    void tooManyDronesAreCalledBack() {
        HandCrankedWorld world = populated(ONE_REGION, 2, 7);
        world.visit(REGION, cell -> {
            for (int i = 0; i < 6; i++) {
                Blueprints.drone(cell, 190, -60 + i * 20f);
            }
        });
        world.tick(20 * 60);

        assertThat(world.entities(Drone.class)).hasSizeBetween(1, 3);
    }

    @Test
    void aBoltHitsBeyondTheBorder() {
        HandCrankedWorld world = empty(new HexPartition(2, 1, 256));
        TestPlayer ada = world.join("Ada", 190, 0);
        TestPlayer bob = world.join("Bob", 260, 0);
        assertThat(ada.cell()).isNotEqualTo(bob.cell());

        hold(world, ada, tap(EAST), 1);
        world.tick(15);

        Hit hit = world.events(Hit.class, 15).getFirst();
        assertThat(hit.target()).isEqualTo(bob.entityId());
        assertThat(hit.by()).isEqualTo(ada.entityId());
    }

    @Test
    void aShipKeepsItsScoreAcrossABorder() {
        HandCrankedWorld world = empty(new HexPartition(2, 1, 256));
        TestPlayer ada = world.join("Ada", 190, 0);
        world.visit(
                REGION,
                cell -> cell.entities()
                        .set(
                                cell.find(ada.entityId()),
                                cell.entities().schema().type(Pilot.class),
                                new Pilot(120, 3, 100, 0)));

        hold(world, ada, fly(1, 0), 60);

        assertThat(ada.avatar().cell().region()).isEqualTo(new RegionId(1, 0));
        assertThat(ada.avatar().get(Pilot.class).score()).isEqualTo(120);
        assertThat(speed(ada)).isGreaterThan(39);
    }

    @Test
    void theSameSeedGivesTheSameWorld() {
        long hash = playedWorld(11).stateHash();

        assertThat(playedWorld(11).stateHash()).isEqualTo(hash);
        assertThat(playedWorld(12).stateHash()).isNotEqualTo(hash);
    }

    private static HandCrankedWorld playedWorld(long seed) {
        HandCrankedWorld world = HandCrankedWorld.of(Skirmish::new, new HexPartition(2, 2, 256), seed);
        TestPlayer ada = world.join("Ada");
        TestPlayer bob = world.join("Bob");
        for (int i = 0; i < 500; i++) {
            ada.input(new Controls(1, 0, i * 0.05f, Buttons.FIRE, 0));
            bob.input(new Controls(0, -0.5f, -i * 0.05f, Buttons.FIRE | Buttons.BOOST, 0));
            world.tick(1);
        }
        assertThat(world.events(Hit.class, 500)).as("something happened").isNotEmpty();
        return world;
    }
}
