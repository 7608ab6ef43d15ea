package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.SinglePartition;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The game with whom it sees beyond a border or in another layer: real cells, real ghosts. */
class SkirmishBorderTest {
    private static final RegionId WEST_CELL = new RegionId(0, 0);
    private static final RegionId EAST_CELL = new RegionId(1, 0);
    private static final float EAST = 0;

    /** The border between (0,0) and (1,0), where it crosses the line y = 0. */
    private record Frontier(Partition partition, double borderX) {}

    static List<Frontier> frontiers() {
        return List.of(
                new Frontier(new StripPartition(2, 512, 512), 512),
                new Frontier(new HexPartition(2, 1, 256), Math.sqrt(3) / 2 * 256));
    }

    private static HandCrankedWorld empty(Partition partition) {
        Map<String, String> options = Map.of("dronesPerRegion", "0", "asteroidsPerRegion", "0");
        return HandCrankedWorld.of(Skirmish::new, options, partition, 1, CellSettings.defaults());
    }

    private static void hold(HandCrankedWorld world, TestPlayer player, Controls controls, int ticks) {
        for (int i = 0; i < ticks; i++) {
            player.input(controls);
            world.tick(1);
        }
    }

    private static Controls tap(float aim) {
        return new Controls(0, 0, aim, 0, Buttons.FIRE);
    }

    private static long drone(HandCrankedWorld world, RegionId region, double x, double y) {
        long[] id = new long[1];
        world.visit(region, cell -> id[0] = cell.idOf(Blueprints.drone(cell, cell.localX(x), cell.localY(y))));
        return id[0];
    }

    private static void put(HandCrankedWorld world, EntityView entity, double x, double y) {
        world.visit(entity.cell().region(), cell -> {
            var type = cell.entities().schema().type(Position.class);
            cell.entities().set(cell.find(entity.id()), type, new Position(cell.localX(x), cell.localY(y), 0));
        });
    }

    private static boolean inCell(HandCrankedWorld world, long id, RegionId region) {
        boolean[] found = new boolean[1];
        world.visit(region, cell -> found[0] = cell.find(id) != 0);
        return found[0];
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void aDroneShootsAtAShipBeyondTheBorder(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition());
        TestPlayer ada = world.join("Ada", frontier.borderX() + 30, 0);
        long drone = drone(world, WEST_CELL, frontier.borderX() - 15, 0);
        int aimedFromBeyond = 0;
        for (int tick = 0; tick < 60; tick++) {
            world.tick(1);
            boolean targets = world.entities(Drone.class).stream()
                    .anyMatch(view -> view.get(Drone.class).target() == ada.entityId());
            aimedFromBeyond += targets && inCell(world, drone, WEST_CELL) ? 1 : 0;
        }
        assertThat(aimedFromBeyond)
                .as("ticks in which it aims across the border")
                .isGreaterThan(20);
        assertThat(world.events(Hit.class, 60))
                .isNotEmpty()
                .allMatch(hit -> hit.target() == ada.entityId() && hit.by() == drone);
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void aDroneKeepsItsTargetInSightBeyondWhatItsCellSeesAnyway(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition());
        TestPlayer ada = world.join("Ada", frontier.borderX() + 25, 0);
        long drone = drone(world, WEST_CELL, frontier.borderX() - 20, 0);
        world.tick(12);
        assertThat(world.entity(drone).get(Drone.class).target()).isEqualTo(ada.entityId());
        put(world, ada.avatar(), frontier.borderX() + 92, 0);
        for (int tick = 0; tick < 40; tick++) {
            put(
                    world,
                    world.entity(drone),
                    frontier.borderX() - 20,
                    0); // 112 m away, and its cell is told of 64 m and a chunk
            world.tick(1);
            world.visit(
                    WEST_CELL,
                    cell -> assertThat(cell.ghosts().find(ada.entityId())).isNotZero());
        }
        assertThat(world.entity(drone).get(Drone.class).target()).isEqualTo(ada.entityId());
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void aBoltEndsAtAGhostAndNeverCrosses(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition());
        TestPlayer bob = world.join("Bob", frontier.borderX() + 1, 0);
        TestPlayer ada = world.join("Ada", frontier.borderX() - 40, 0);
        assertThat(bob.avatar().cell().region()).isEqualTo(EAST_CELL);
        world.tick(3);
        ada.input(tap(EAST));
        for (int tick = 0; tick < 12; tick++) {
            world.tick(1);
            assertThat(world.entities(Bolt.class))
                    .allMatch(bolt -> bolt.cell().region().equals(WEST_CELL));
        }
        assertThat(world.events(Hit.class, 12)).singleElement().satisfies(hit -> {
            assertThat(hit.target()).isEqualTo(bob.entityId());
            assertThat(hit.by()).isEqualTo(ada.entityId());
        });
        assertThat(bob.avatar().get(Vitals.class).shield()).isEqualTo(100 - Weapon.PULSE.damage);
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void aShipDoesNotFlyIntoARockBeyondTheBorder(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition());
        double rockX = frontier.borderX() + 6;
        world.visit(
                EAST_CELL,
                cell -> cell.spawn(
                        new Position(cell.localX(rockX), 0, 0), new Heading(0), new Craft(Craft.ASTEROID, 0, 10)));
        TestPlayer ada = world.join("Ada", frontier.borderX() - 60, 0);
        double nearest = 1000;
        for (int tick = 0; tick < 80; tick++) {
            hold(world, ada, new Controls(1, 0, EAST, 0, 0), 1);
            EntityView ship = ada.avatar();
            assertThat(ship.cell().region()).as("it never gets across").isEqualTo(WEST_CELL);
            nearest = Math.min(nearest, rockX - ship.worldX());
        }
        assertThat(nearest).isCloseTo(10 + Blueprints.SHIP_SIZE, within(0.05));
    }

    @Test
    void aFightBetweenLayersHitsEachOnce() {
        HandCrankedWorld world = empty(new SinglePartition(600, 600));
        TestPlayer ada = world.join("Ada", 0, 0);
        TestPlayer home = world.join("Home", 7, 0);
        world.split(RegionId.ORIGIN, 0);
        world.tick(2);
        TestPlayer bob = world.join("Bob", -10, 0);
        assertThat(bob.avatar().cell().layer()).isEqualTo(1);
        assertThat(ada.avatar().cell().layer()).isZero();
        world.tick(3);
        hold(world, bob, tap(EAST), 1);
        world.tick(4);
        assertThat(world.events(Hit.class, 5))
                .singleElement()
                .satisfies(hit -> assertThat(hit.target()).isEqualTo(ada.entityId()));

        world.visit(RegionId.ORIGIN, cell -> strike(cell, ada.entityId()));
        world.tick(4);
        assertThat(world.events(Destroyed.class, 4)).hasSize(1);
        for (TestPlayer hurt : List.of(home, bob)) {
            assertThat(world.events(Hit.class, 4))
                    .as("the blast and " + hurt.name())
                    .filteredOn(hit -> hit.target() == hurt.entityId())
                    .hasSize(1);
            assertThat(hurt.avatar().get(Vitals.class).shield()).isLessThan(100);
        }
    }

    private static void strike(CellContext cell, long id) {
        var type = cell.entities().schema().type(Vitals.class);
        cell.entities().set(cell.find(id), type, new Vitals(0, 0, 1, 0));
        cell.intend(id, new Strike(4711, "Nobody", Weapon.PULSE.ordinal(), 0, 0, 0, 0));
    }

    /** Two swarms at a border for twenty seconds: what they lost is what they were hit by, and nobody is in two cells. */
    @ParameterizedTest
    @MethodSource("frontiers")
    void aBattleOnTheBorderHurtsEachShipByItsHitsAndNothingElse(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition());
        for (int i = 0; i < 8; i++) {
            drone(world, WEST_CELL, frontier.borderX() - 20, i * 12 - 48);
            drone(world, EAST_CELL, frontier.borderX() + 20, i * 12 - 48);
        }
        TestPlayer ada = world.join("Ada", frontier.borderX() - 10, 0);
        int acrossCount = 0;
        Map<Long, Float> health = new TreeMap<>();
        // Since it was last seen: who is handed to a cell that has had its tick is in none until the next.
        Map<Long, Float> taken = new TreeMap<>();
        for (int tick = 0; tick < 400; tick++) {
            hold(world, ada, new Controls((tick / 30) % 2 == 0 ? 1 : -1, 0, tick * 0.1f, Buttons.FIRE, 0), 1);
            Map<Long, RegionId> cells = new TreeMap<>();
            for (EntityView view : world.entities(Craft.class)) {
                assertThat(cells.put(view.id(), view.cell().region()))
                        .as("a second " + view.id())
                        .isNull();
            }
            for (Hit hit : world.events(Hit.class, 1)) {
                taken.merge(hit.target(), hit.amount(), Float::sum);
                RegionId shooter = cells.get(hit.by());
                acrossCount += shooter != null && !shooter.equals(cells.getOrDefault(hit.target(), shooter)) ? 1 : 0;
            }
            for (EntityView view : world.entities(Vitals.class)) {
                float now = total(view.get(Vitals.class));
                float before = health.getOrDefault(view.id(), now);
                assertThat(now)
                        .as("health of " + view.id() + " in tick " + tick)
                        .isGreaterThanOrEqualTo(before - taken.getOrDefault(view.id(), 0f) - 0.01f);
                health.put(view.id(), now);
                taken.remove(view.id());
            }
        }
        assertThat(acrossCount).as("hits of somebody in the other cell").isGreaterThan(5);
    }

    private static float total(Vitals vitals) {
        return vitals.shield() + vitals.armor() + vitals.hull();
    }
}
