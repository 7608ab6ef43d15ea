package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.EntityView;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The game where cells meet. */
class FrontierTest {
    private static final RegionId WEST_CELL = new RegionId(0, 0);
    private static final RegionId EAST_CELL = new RegionId(1, 0);

    private static HandCrankedWorld empty(Partition partition, Map<String, String> more) {
        Map<String, String> options = new java.util.HashMap<>(more);
        options.put("dronesPerRegion", "0");
        options.put("asteroidsPerRegion", "0");
        return HandCrankedWorld.of(Skirmish::new, options, partition, 1, CellSettings.defaults());
    }

    /** Each has a border between (0,0) and (1,0); where that is on the line y = 0. */
    private record Frontier(Partition partition, double borderX) {}

    static List<Frontier> frontiers() {
        return List.of(
                new Frontier(new StripPartition(2, 512, 512), 512),
                new Frontier(new HexPartition(2, 1, 256), Math.sqrt(3) / 2 * 256));
    }

    private static Vitals vitals(EntityView view) {
        return view.get(Vitals.class);
    }

    private static void wound(CellContext cell, long id, float hull) {
        var type = cell.entities().schema().type(Vitals.class);
        cell.entities().set(cell.find(id), type, new Vitals(0, 0, hull, 0));
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void aShipThatBurstsHurtsBothSidesOfABorderOnce(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition(), Map.of());
        TestPlayer ada = world.join("Ada", frontier.borderX() - 4, 0);
        TestPlayer near = world.join("Near", frontier.borderX() + 4, 0);
        TestPlayer home = world.join("Home", frontier.borderX() - 10, 0);
        TestPlayer far = world.join("Far", frontier.borderX() + 40, 0);
        assertThat(near.avatar().cell().region()).isEqualTo(EAST_CELL);

        world.visit(WEST_CELL, cell -> {
            wound(cell, ada.entityId(), 1);
            cell.intend(
                    ada.entityId(),
                    new Strike(4711, "Nobody", Weapon.PULSE.ordinal(), frontier.borderX() - 4, 0, 0, 0));
        });
        world.tick(5);

        assertThat(world.events(Destroyed.class, 10))
                .singleElement()
                .satisfies(destroyed -> assertThat(destroyed.victim()).isEqualTo(ada.entityId()));
        for (TestPlayer hurt : List.of(near, home)) {
            assertThat(world.events(Hit.class, 10))
                    .filteredOn(hit -> hit.target() == hurt.entityId())
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.amount())
                            .isCloseTo(100 - vitals(hurt.avatar()).shield(), within(0.01f)));
        }
        assertThat(vitals(far.avatar())).isEqualTo(Vitals.SHIP_FULL);
    }

    @ParameterizedTest
    @MethodSource("frontiers")
    void noBoltHitsTwiceWhileItIsHandedOver(Frontier frontier) {
        HandCrankedWorld world = empty(frontier.partition(), Map.of());
        for (int offset = 0; offset < 24; offset++) { // wherever in its flight the border lies
            TestPlayer ada = world.join("Ada" + offset, frontier.borderX() - 60 + offset, offset * 9 - 100);
            TestPlayer bob = world.join("Bob" + offset, frontier.borderX() + 20, offset * 9 - 100);
            ada.input(new Controls(0, 0, 0, 0, Buttons.FIRE));
            world.tick(12);
            assertThat(world.events(Hit.class, 13))
                    .as("hits from " + (60 - offset) + " m")
                    .singleElement()
                    .satisfies(hit -> {
                        assertThat(hit.target()).isEqualTo(bob.entityId());
                        assertThat(hit.by()).isEqualTo(ada.entityId());
                    });
            assertThat(vitals(bob.avatar()).shield()).isEqualTo(100 - Weapon.PULSE.damage);
            long[] gone = {ada.entityId(), bob.entityId()};
            for (RegionId region : frontier.partition().regions()) {
                world.visit(region, cell -> {
                    for (long id : gone) {
                        if (cell.find(id) != 0) {
                            cell.despawn(cell.find(id));
                        }
                    }
                });
            }
            world.tick(1);
        }
    }

    @Test
    void aKillIsScoredForAShooterWhoHasGoneToAnotherCell() {
        HandCrankedWorld world = empty(new StripPartition(2, 512, 512), Map.of());
        TestPlayer ada = world.join("Ada", 500, 0);
        TestPlayer bob = world.join("Bob", 420, 0);
        long shooter = ada.entityId();
        for (int i = 0; i < 200 && ada.avatar().cell().region().equals(WEST_CELL); i++) {
            ada.input(new Controls(1, 0, 0, 0, 0));
            world.tick(1);
        }
        assertThat(ada.avatar().cell().region()).isEqualTo(EAST_CELL);
        world.visit(WEST_CELL, cell -> {
            wound(cell, bob.entityId(), 1);
            cell.intend(bob.entityId(), new Strike(shooter, "Ada", Weapon.PULSE.ordinal(), 420, 0, 0, 0));
            cell.intend(bob.entityId(), new Strike(shooter, "Ada", Weapon.PULSE.ordinal(), 420, 0, 0, 0));
        });
        world.tick(4);
        assertThat(ada.avatar().get(Pilot.class).kills())
                .as("two deadly hits, one kill")
                .isEqualTo(1);
        assertThat(ada.avatar().get(Pilot.class).score()).isEqualTo(50);
    }

    @Test
    void theStressBattleIsBounded() {
        HandCrankedWorld world = empty(new HexPartition(1, 1, 256), Map.of("dev", "true"));
        TestPlayer ada = world.join("Ada", 0, 0);
        for (int i = 0; i < 6; i++) {
            ada.message(StressBattle.MESSAGE, i + 1, new byte[0]);
            world.tick(1);
            assertThat(world.entities(Drone.class)).hasSizeLessThanOrEqualTo(StressBattle.DRONE_COUNT_MAX);
        }
        assertThat(world.entities(Drone.class)).hasSizeGreaterThan(StressBattle.DRONE_COUNT_MAX * 9 / 10);
        assertThat(answers(ada).getFirst().payload()).containsExactly(0xF4, 0x01, 0, 0); // 500
    }

    @Test
    void theStressBattleIsOverAfterAMinute() {
        HandCrankedWorld world = empty(new HexPartition(1, 1, 256), Map.of("dev", "true"));
        TestPlayer ada = world.join("Ada", 0, 0);
        ada.message(StressBattle.MESSAGE, 1, new byte[0]);
        world.tick(20 * (int) StressBattle.SECONDS + 1);
        assertThat(world.entities(Drone.class)).isEmpty();
    }

    @Test
    void thereIsNoStressBattleOutsideDevelopment() {
        HandCrankedWorld world = empty(new HexPartition(1, 1, 256), Map.of());
        TestPlayer ada = world.join("Ada", 0, 0);
        ada.message(StressBattle.MESSAGE, 1, new byte[0]);
        world.tick(1);
        assertThat(world.entities(Drone.class)).isEmpty();
        assertThat(answers(ada))
                .singleElement()
                .satisfies(answer -> assertThat(answer.type()).isZero());
    }

    private static List<CellOutput.ToClient> answers(TestPlayer player) {
        return player.received().stream()
                .filter(CellOutput.ToClient.class::isInstance)
                .map(CellOutput.ToClient.class::cast)
                .toList();
    }
}
