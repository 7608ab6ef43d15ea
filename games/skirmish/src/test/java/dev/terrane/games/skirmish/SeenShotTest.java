package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shot meets others where its shooter saw them. Bob flies north, across the line along which Ada shoots. */
class SeenShotTest {
    private static final Partition ONE_REGION = new HexPartition(1, 1, 256);
    private static final Partition TWO_REGIONS = new StripPartition(2, 512, 512);
    private static final RegionId WEST = new RegionId(0, 0);
    private static final double BORDER_X = 512;
    private static final float NORTH = (float) (Math.PI / 2);
    private static final Controls SHOT_EAST = new Controls(0, 0, 0, 0, Buttons.FIRE);
    private static final Controls FLY_NORTH = new Controls(0, 1, NORTH, 0, 0);

    private static HandCrankedWorld world(Partition partition, String dev) {
        Map<String, String> options = Map.of("dronesPerRegion", "0", "asteroidsPerRegion", "0", "dev", dev);
        return HandCrankedWorld.of(Skirmish::new, options, partition, 1, CellSettings.defaults());
    }

    /** The game until well after the one shot, which is fired {@code shotTick} ticks after all have come. */
    private static HandCrankedWorld duel(Partition partition, double x, int shotTick, float lagTicks) {
        HandCrankedWorld world = world(partition, "true");
        TestPlayer bob = world.join("Bob", x + 50, -60);
        TestPlayer ada = world.join("Ada", x, 0);
        for (int tick = 1; tick <= shotTick + 30; tick++) {
            bob.input(FLY_NORTH);
            if (tick == shotTick) {
                ada.input(SHOT_EAST, world.lastTick() + 1 - lagTicks);
            }
            world.tick(1);
        }
        return world;
    }

    /** Shots eastwards from {@code (x, 0)}, one each tick and lag; each by a shooter of its own, so that it is known which of them hit. */
    private static final class Salvo {
        private static final long SHOOTERS = 1_000_000;
        private static final int LAGS = 100;

        private final HandCrankedWorld world;
        private final RegionId region;
        private final double x;
        private final int[] lags;
        private final List<Long> hits = new ArrayList<>();
        private final List<Long> passed = new ArrayList<>();

        Salvo(HandCrankedWorld world, RegionId region, double x, int... lags) {
            this.world = world;
            this.region = region;
            this.x = x;
            this.lags = lags;
        }

        void tick(int number) {
            world.visit(region, cell -> {
                for (int lag : lags) {
                    long shooter = SHOOTERS + (long) number * LAGS + lag;
                    Blueprints.bolt(
                            cell,
                            new Bolt(shooter, "Salvo", Bolt.NO_TEAM, Weapon.PULSE.ordinal(), cell.tick(), lag),
                            0,
                            new Position(cell.localX(x), 0, 0),
                            0,
                            new Velocity(Weapon.BOLT_SPEED, 0));
                }
            });
            world.tick(1);
            world.events(Hit.class, 1).forEach(hit -> hits.add(hit.by()));
            for (EntityView bolt : world.entities(Bolt.class)) {
                if (bolt.worldX() > x + 100
                        && !passed.contains(bolt.get(Bolt.class).shooter())) {
                    passed.add(bolt.get(Bolt.class).shooter());
                }
            }
        }

        private static List<Integer> ticks(List<Long> shooters, int lag) {
            return shooters.stream()
                    .filter(shooter -> (shooter - SHOOTERS) % LAGS == lag)
                    .map(shooter -> (int) (shooter - SHOOTERS) / LAGS)
                    .sorted()
                    .toList();
        }

        /** When shots of this lag were fired that hit. */
        List<Integer> hits(int lag) {
            return ticks(hits, lag);
        }

        List<Integer> passed(int lag) {
            return ticks(passed, lag);
        }
    }

    /** Bob flies north 50 m east of the muzzle; whatever hits him, he lives. */
    private static Salvo salvoAtBob(Partition partition, RegionId region, double x, int... lags) {
        HandCrankedWorld world = world(partition, "false");
        TestPlayer bob = world.join("Bob", x + 50, -60);
        Salvo salvo = new Salvo(world, region, x, lags);
        for (int tick = 1; tick <= 90; tick++) {
            bob.input(FLY_NORTH);
            salvo.tick(tick);
            world.visit(bob.avatar().cell().region(), cell -> {
                var vitals = cell.entities().schema().type(Vitals.class);
                cell.entities().set(cell.find(bob.entityId()), vitals, Vitals.SHIP_FULL);
            });
        }
        return salvo;
    }

    private static List<Integer> later(List<Integer> ticks, int by) {
        return ticks.stream().map(tick -> tick + by).toList();
    }

    @Test
    void aShotHitsWhomItsShooterSawInItsWay() {
        Salvo salvo = salvoAtBob(ONE_REGION, RegionId.ORIGIN, -25, 0, 1, 4, 10);
        assertThat(salvo.hits(0)).hasSizeBetween(2, 8);
        for (int lag : new int[] {1, 4, 10}) {
            assertThat(salvo.hits(lag)).as("with a lag of " + lag).isEqualTo(later(salvo.hits(0), lag));
        }
    }

    @Test
    void aShotAcrossABorderHitsWhomItsShooterSaw() {
        Salvo across = salvoAtBob(TWO_REGIONS, WEST, BORDER_X - 45, 3, 8);
        assertThat(across.hits(3)).hasSizeBetween(2, 8);
        assertThat(across.hits(8)).isEqualTo(later(across.hits(3), 5));
        Salvo inside = salvoAtBob(ONE_REGION, RegionId.ORIGIN, -25, 3);
        assertThat(across.hits(3)).as("the border makes no difference").isEqualTo(inside.hits(3));
    }

    @Test
    void aBoltThatHasCrossedABorderGoesOnInItsShootersTime() {
        Salvo salvo = salvoAtBob(TWO_REGIONS, WEST, BORDER_X - 10, 2, 9);
        assertThat(salvo.hits(2)).hasSizeBetween(2, 8);
        assertThat(salvo.hits(9)).isEqualTo(later(salvo.hits(2), 7));
    }

    /** The lags of the bolt that Ada fires with a lag of 5, tick by tick, while she tells these afterwards. */
    private static List<Float> boltLags(float... toldLags) {
        HandCrankedWorld world = world(ONE_REGION, "false");
        TestPlayer ada = world.join("Ada", 0, 0);
        for (int i = 0; i < 10; i++) {
            ada.input(new Controls(0, 0, 0, 0, 0), world.lastTick() + 1 - 5);
            world.tick(1);
        }
        ada.input(SHOT_EAST, world.lastTick() + 1 - 5);
        world.tick(1);
        List<Float> lags = new ArrayList<>();
        for (float told : toldLags) {
            ada.input(new Controls(0, 0, 0, 0, 0), world.lastTick() + 1 - told);
            world.tick(1);
            lags.add(world.entities(Bolt.class).getFirst().get(Bolt.class).lagTicks());
        }
        return lags;
    }

    @Test
    void aBoltFollowsItsShootersTime() {
        assertThat(boltLags(5, 5.0625f, 5.125f, 5, 4.9375f)).containsExactly(5f, 5.0625f, 5.125f, 5f, 4.9375f);
    }

    @Test
    void aBoltFollowsNoFasterThanTimeRunsForHonestPlayers() {
        assertThat(boltLags(6, 6, 5, 3, 3)).containsExactly(5.125f, 5.25f, 5.125f, 5f, 4.875f);
    }

    @Test
    void aDriftingRockStopsTheBoltWhereItWasSeen() {
        HandCrankedWorld world = world(ONE_REGION, "false");
        world.visit(
                RegionId.ORIGIN,
                cell -> cell.spawn(
                        new Position(0, -7, 0), new Heading(0), new Velocity(0, 2), new Craft(Craft.ASTEROID, 0, 4)));
        Salvo salvo = new Salvo(world, RegionId.ORIGIN, -25, 0, 10);
        for (int tick = 1; tick <= 60; tick++) {
            salvo.tick(tick);
        }
        List<Integer> now = salvo.passed(0);
        assertThat(now).as("shots before the rock is in their way").hasSizeBetween(10, 40);
        assertThat(salvo.passed(10)).hasSize(now.size() + 10);
        assertThat(salvo.hits).isEmpty();
    }

    /** The first tick in which Ada can fire so that she hits Bob as she sees him so late. */
    private static int hittingTick(int lagTicks) {
        return salvoAtBob(ONE_REGION, RegionId.ORIGIN, -25 + Blueprints.SHIP_SIZE + Weapon.BOLT_SIZE, lagTicks)
                .hits(lagTicks)
                .get(1);
    }

    @Test
    void nobodyShootsAtAnOlderPastThanIsAllowed() {
        int hitting = hittingTick(10);
        assertThat(duel(ONE_REGION, -25, hitting, 10).events(Hit.class, 100)).hasSize(1);
        assertThat(duel(ONE_REGION, -25, hitting, 19).events(Hit.class, 100)).hasSize(1);
        assertThat(duel(ONE_REGION, -25, hitting + 9, 19).events(Hit.class, 100))
                .isEmpty();
    }

    @Test
    void whoIsDeadByNowIsNotHitWhereHeLived() {
        int hitting = hittingTick(10);
        HandCrankedWorld world = world(ONE_REGION, "true");
        TestPlayer bob = world.join("Bob", 25, -60);
        TestPlayer ada = world.join("Ada", -25, 0);
        for (int tick = 1; tick <= hitting + 30; tick++) {
            bob.input(FLY_NORTH);
            if (tick == hitting) {
                ada.input(SHOT_EAST, world.lastTick() + 1 - 10);
                wreck(world, bob, 10);
            }
            world.tick(1);
        }
        assertThat(world.events(Shot.class, 100)).hasSize(1);
        assertThat(world.events(Hit.class, 100)).isEmpty();
    }

    private static void wreck(HandCrankedWorld world, TestPlayer player, float respawnInSeconds) {
        world.visit(RegionId.ORIGIN, cell -> {
            long ship = cell.find(player.entityId());
            var schema = cell.entities().schema();
            cell.entities().set(ship, schema.type(Vitals.class), new Vitals(0, 0, 0, 0));
            cell.entities().set(ship, schema.type(Pilot.class), new Pilot(0, 0, 0, respawnInSeconds));
        });
    }

    /** The pilot's next ship may even appear so near that nobody could tell it from the former one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasANewShipIsNotHitInTheOldOne(boolean moves) {
        HandCrankedWorld world = world(ONE_REGION, "true");
        TestPlayer bob = world.join("Bob", 25, 0);
        TestPlayer ada = world.join("Ada", -25, 0);
        world.tick(30);
        ada.input(SHOT_EAST, world.lastTick() + 1 - 10);
        wreck(world, bob, moves ? 0.05f : 10);
        world.tick(1);
        if (!moves) {
            world.visit(RegionId.ORIGIN, cell -> {
                long ship = cell.find(bob.entityId());
                var schema = cell.entities().schema();
                cell.entities().set(ship, schema.type(Vitals.class), Vitals.SHIP_FULL);
                cell.entities().set(ship, schema.type(Pilot.class), new Pilot(0, 0, 100, 0));
                cell.entities().set(ship, schema.type(Position.class), new Position(25, 20, 0));
                cell.forgetPast(ship);
            });
        }
        world.tick(20);
        assertThat(bob.avatar().get(Vitals.class).hull()).isPositive();
        assertThat(world.events(Hit.class, 100)).isEmpty();
    }

    @Test
    void aNewShipBeginsAnew() {
        FakeCell cell = new FakeCell();
        long waiting =
                cell.here(new Position(0, 0, 0), new Velocity(0, 0), new Vitals(0, 0, 0, 0), new Pilot(0, 0, 0, 1));
        Respawning respawning = new Respawning(cell.entities());
        for (int tick = 0; tick < 19; tick++) {
            respawning.run(cell);
        }
        assertThat(cell.forgotten).isEmpty();
        for (int tick = 0; tick < 3; tick++) {
            respawning.run(cell);
        }
        assertThat(cell.forgotten).containsExactly(waiting);
    }

    @Test
    void theOwnerRefusesAStrikeAtAFormerLife() {
        HandCrankedWorld world = world(ONE_REGION, "true");
        TestPlayer bob = world.join("Bob", 25, 0);
        world.tick(30);
        strike(world, bob, 5);
        world.tick(1);
        assertThat(world.events(Hit.class, 1)).as("he was there").hasSize(1);
        world.visit(RegionId.ORIGIN, cell -> cell.forgetPast(cell.find(bob.entityId())));
        strike(world, bob, 5);
        world.tick(1);
        assertThat(world.events(Hit.class, 1)).isEmpty();
        strike(world, bob, 0);
        world.tick(1);
        assertThat(world.events(Hit.class, 1)).as("now he is").hasSize(1);
    }

    private static void strike(HandCrankedWorld world, TestPlayer player, float lagTicks) {
        world.visit(
                RegionId.ORIGIN,
                cell -> cell.intend(
                        player.entityId(),
                        new Strike(4711, "Nobody", Weapon.PULSE.ordinal(), 25, 0, cell.tick(), lagTicks)));
    }

    @Test
    void dronesSeeNow() {
        HandCrankedWorld world = world(ONE_REGION, "true");
        TestPlayer ada = world.join("Ada", 0, 0);
        world.visit(RegionId.ORIGIN, cell -> Blueprints.drone(cell, 40, 0));
        int bolts = 0;
        for (int tick = 0; tick < 100; tick++) {
            ada.input(new Controls(0, 0, 0, 0, 0), world.lastTick() - 5);
            world.tick(1);
            bolts += world.entities(Bolt.class).size();
            assertThat(world.entities(Bolt.class))
                    .allMatch(view -> view.get(Bolt.class).lagTicks() == 0);
        }
        assertThat(bolts).isPositive();
    }

    @Test
    void aShooterIsToldInDevelopmentWhereHisTargetWas() {
        int hitting = hittingTick(8);
        HandCrankedWorld world = duel(ONE_REGION, -25, hitting, 8);
        assertThat(world.events(Judged.class, 100)).singleElement().satisfies(judged -> {
            assertThat(judged.lagTicks()).isEqualTo(8);
            assertThat(judged.radius()).isEqualTo(Blueprints.SHIP_SIZE);
            assertThat(judged.y() - judged.seenY()).as("he has flown on").isGreaterThan(10);
            assertThat(Angles.length(judged.boltX() - judged.seenX(), judged.boltY() - judged.seenY()))
                    .isLessThan(Blueprints.SHIP_SIZE + 4);
        });
        assertThat(duel(ONE_REGION, -25, hitting - 8, 0).events(Judged.class, 100))
                .as("what is seen now needs no telling")
                .isEmpty();
    }
}
