package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BorderTest {
    private static final Partition STRIP = new StripPartition(3, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final Controls EAST = new Controls(1, 0, 0, 1, 0);
    private static final Controls WEST = new Controls(-1, 0, 0, 1, 0);

    private static HandCrankedWorld world(Partition partition, int drifters) {
        return HandCrankedWorld.of(
                Drift::new, Map.of("drifters", "" + drifters, "turns", "20"), partition, 7, CellSettings.defaults());
    }

    private static RegionId regionOf(TestPlayer player) {
        return Objects.requireNonNull(player.cell()).region();
    }

    @Test
    void handsAnAvatarToTheNeighbourBeyondTheBorder() {
        HandCrankedWorld world = world(STRIP, 0);
        TestPlayer ada = world.join("Ada", 200, 0);
        world.tick(25);
        int ticks = 0;
        while (regionOf(ada).equals(LEFT)) {
            ada.input(EAST);
            world.tick(1);
            assertThat(++ticks).isLessThan(100);
        }
        assertThat(regionOf(ada)).isEqualTo(MIDDLE);
        assertThat(ada.cell()).isEqualTo(ada.avatar().cell());
        assertThat(ada.avatar().ownership()).isEqualTo(2);
        // 56 m to the border, 8 m hysteresis, 5 m a tick: 13 ticks, and the arrival is one of them or one later.
        assertThat(ticks).isBetween(13, 15);
        assertThat(ada.avatar().worldX()).isGreaterThan(256 + 8);
    }

    @Test
    void staysHomeWithinTheHysteresis() {
        HandCrankedWorld world = world(STRIP, 0);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(263), 0, 0)));
        world.tick(100);
        assertThat(world.entities(Position.class))
                .singleElement()
                .satisfies(entity -> assertThat(entity.cell().region()).isEqualTo(LEFT));
    }

    @Test
    void keepsAnArrivalForTheCooldown() {
        HandCrankedWorld world = world(STRIP, 0);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(300), 0, 0)));
        world.tick(1);
        EntityView entity = world.entities(Position.class).getFirst();
        assertThat(entity.cell().region()).isEqualTo(MIDDLE);
        assertThat(entity.worldX()).isEqualTo(300);
        assertThat(entity.get(Identity.class).arrivedTick()).isEqualTo(1);

        world.visit(MIDDLE, cell -> {
            Position back = new Position(cell.localX(200), 0, 0);
            cell.entities().set(cell.find(entity.id()), cell.entities().schema().type(Position.class), back);
        });
        world.tick(19);
        assertThat(world.entity(entity.id()).cell().region()).isEqualTo(MIDDLE);
        world.tick(2);
        assertThat(world.entity(entity.id()).cell().region()).isEqualTo(LEFT);
    }

    @Test
    void appliesEveryInputInOrderWhileAnAvatarGoesToAndFro() {
        HandCrankedWorld world = world(STRIP, 0);
        TestPlayer ada = world.join("Ada", 200, 0);
        int seq = 0;
        List<RegionId> seen = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean east = i / 50 % 2 == 0;
            seq = ada.input(new Controls(east ? 1 : -1, 0, 0, 1, i % 10 == 0 ? Drift.BUTTON_JUMP : 0));
            world.tick(1);
            if (seen.isEmpty() || !seen.getLast().equals(regionOf(ada))) {
                seen.add(regionOf(ada));
            }
        }
        world.tick(10);
        assertThat(seen).hasSizeGreaterThan(4);
        assertThat(ada.ackedSeq()).isEqualTo(seq);
        assertThat(ada.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(40);
        assertThat(ada.received())
                .filteredOn(CellOutput.Moved.class::isInstance)
                .hasSize(seen.size() - 1);
    }

    @Test
    void losesAndDoublesNobodyWhenSwarmsCrossAStrip() {
        HandCrankedWorld world = world(STRIP, 200);
        world.tick(1);
        for (int i = 0; i < 300; i++) {
            world.tick(1);
            if (i % 20 == 0) {
                EachOnceChecker.check(world, 600);
            }
        }
        EachOnceChecker.check(world, 600);
        assertThat(world.entities(Velocity.class)).anyMatch(entity -> entity.ownership() > 3);
    }

    @Test
    void losesAndDoublesNobodyWhenSwarmsCrossHexagons() {
        HandCrankedWorld world = world(new HexPartition(3, 3, 150), 60);
        world.tick(300);
        EachOnceChecker.check(world, 540);
        assertThat(world.entities(Velocity.class)).anyMatch(entity -> entity.ownership() > 3);
    }

    @Test
    void keepsAnEntityHomeWhileTheNeighbourTakesNothing() {
        HandCrankedWorld world = world(STRIP, 0);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(300), 0, 0)));
        world.deafen(MIDDLE, true);
        world.tick(60);
        assertThat(world.entities(Position.class)).singleElement().satisfies(entity -> {
            assertThat(entity.cell().region()).isEqualTo(LEFT);
            assertThat(entity.ownership()).isEqualTo(1);
        });
        world.deafen(MIDDLE, false);
        world.tick(2);
        assertThat(world.entities(Position.class))
                .singleElement()
                .satisfies(entity -> assertThat(entity.cell().region()).isEqualTo(MIDDLE));
    }

    @Test
    void letsALeaveFollowTheAvatarThatMoved() {
        HandCrankedWorld world = world(STRIP, 0);
        TestPlayer ada = world.join("Ada", 200, 0);
        while (regionOf(ada).equals(LEFT)) {
            ada.input(EAST);
            world.tick(1);
        }
        world.offer(world.cell(LEFT).id(), new dev.terrane.protocol.cluster.CellInput.Leave(ada.session, true));
        world.tick(3);
        assertThat(world.entities(Position.class)).isEmpty();
    }

    @Test
    void makesNoSecondAvatarOfOneThatJustLeft() {
        HandCrankedWorld world = world(STRIP, 0);
        TestPlayer ada = world.join("Ada", 200, 0);
        while (regionOf(ada).equals(LEFT)) {
            ada.input(EAST);
            world.tick(1);
        }
        world.offer(
                world.cell(LEFT).id(),
                new dev.terrane.protocol.cluster.CellInput.Join(
                        ada.session, HandCrankedWorld.PLAYERS_GATEWAY, ada.character(), 2, "Ada", 0, 0));
        world.tick(1);
        assertThat(ada.refused()).isEqualTo(CellOutput.JoinRefused.Reason.IN_TRANSIT);
        assertThat(world.entities(Position.class)).hasSize(1);
    }

    @Test
    void makesNoSecondAvatarOfOneThatIsKnownToHaveOneElsewhere() {
        HandCrankedWorld world = world(STRIP, 0);
        TestPlayer ada = world.join("Ada", 200, 0);
        world.offer(
                world.cell(MIDDLE).id(),
                new dev.terrane.protocol.cluster.CellInput.Join(
                        ada.session, HandCrankedWorld.PLAYERS_GATEWAY, ada.character(), 2, "Ada", 77, 0, 0));
        world.tick(1);
        assertThat(ada.refused()).isEqualTo(CellOutput.JoinRefused.Reason.IN_TRANSIT);
        assertThat(world.entities(Position.class)).hasSize(1);
    }

    @Test
    void comesToTheSameStateFromTheSameMessages() {
        long[] hashes = new long[2];
        for (int run = 0; run < 2; run++) {
            HandCrankedWorld world = world(STRIP, 100);
            TestPlayer ada = world.join("Ada", 200, 0);
            TestPlayer bob = world.join("Bob", 300, 0);
            for (int i = 0; i < 200; i++) {
                ada.input(EAST);
                bob.input(WEST);
                world.tick(1);
                hashes[run] = hashes[run] * 31 + world.stateHash();
            }
        }
        assertThat(hashes[0]).isEqualTo(hashes[1]);
    }

    @Test
    void comesToAnotherStateFromAnotherInput() {
        long[] hashes = new long[2];
        for (int run = 0; run < 2; run++) {
            HandCrankedWorld world = world(STRIP, 10);
            TestPlayer ada = world.join("Ada", 200, 0);
            ada.input(run == 0 ? EAST : WEST);
            world.tick(2);
            hashes[run] = world.stateHash();
        }
        assertThat(hashes[0]).isNotEqualTo(hashes[1]);
    }
}
