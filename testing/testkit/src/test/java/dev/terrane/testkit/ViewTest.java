package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Rates;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final double STEP_METRES = 1.0 / 64;
    private static final int SPECTATORS = 1;

    private static HandCrankedWorld world(Partition partition, int drifters, CellSettings settings) {
        return HandCrankedWorld.of(
                Drift::new, Map.of("drifters", "" + drifters, "turns", "20"), partition, 5, settings);
    }

    private static void compare(HandCrankedWorld world, Spectator spectator) {
        List<EntityView> truth = world.entities(Position.class);
        SortedMap<Long, Spectator.Seen> seen = spectator.sees();
        assertThat(seen).hasSize(truth.size());
        for (EntityView entity : truth) {
            assertThat(seen).as("entity " + entity).containsKey(entity.id());
            Spectator.Seen where = Objects.requireNonNull(seen.get(entity.id()));
            assertThat(where.cell()).isEqualTo(entity.cell());
            assertThat(where.ownership()).isEqualTo(entity.ownership());
            assertThat(where.worldX()).isCloseTo(entity.worldX(), within(STEP_METRES));
            assertThat(where.worldY()).isCloseTo(entity.worldY(), within(STEP_METRES));
        }
    }

    @Test
    void showsBothSidesOfABorderAsTheyAre() {
        HandCrankedWorld world = world(new StripPartition(2, 256, 256), 80, CellSettings.defaults());
        Spectator spectator = new Spectator(world, SPECTATORS);
        spectator.watch(new RegionId(0, 0));
        spectator.watch(new RegionId(1, 0));
        for (int i = 0; i < 200; i++) {
            world.tick(1);
            compare(world, spectator);
        }
        assertThat(spectator.departures).contains(LeftReason.HANDED);
        assertThat(spectator.departures).doesNotContain(LeftReason.DESPAWNED);
    }

    @Test
    void showsAllHexagonsAtEverySecondTickWhenSnapshotsAreRarer() {
        CellSettings defaults = CellSettings.defaults();
        CellSettings slow =
                new CellSettings(new Rates(20, 10), defaults.inboxes(), defaults.borders(), defaults.avatars(), 64);
        HandCrankedWorld world = world(new HexPartition(2, 2, 150), 40, slow);
        Spectator spectator = new Spectator(world, SPECTATORS);
        world.world().map().partition().regions().forEach(spectator::watch);
        for (int i = 0; i < 100; i++) {
            world.tick(2);
            compare(world, spectator);
        }
    }

    @Test
    void tellsNothingMoreAfterUnwatch() {
        HandCrankedWorld world = world(new StripPartition(1, 256, 256), 10, CellSettings.defaults());
        List<CellFrame> frames = new ArrayList<>();
        world.addGateway(2, frames::add);
        Spectator spectator = new Spectator(world, 2);
        spectator.watch(new RegionId(0, 0));
        world.tick(5);
        compare(world, spectator);
        spectator.unwatch(new RegionId(0, 0));
        world.addGateway(2, frames::add);
        world.tick(5);
        assertThat(frames).isEmpty();
    }

    @Test
    void tellsEventsToWhoWatches() {
        HandCrankedWorld world = world(new StripPartition(1, 256, 256), 0, CellSettings.defaults());
        Spectator spectator = new Spectator(world, SPECTATORS);
        spectator.watch(new RegionId(0, 0));
        TestPlayer ada = world.join("Ada");
        ada.input(new Controls(0, 0, 0, 0, Drift.BUTTON_JUMP));
        world.tick(3);
        assertThat(spectator.eventCount).isEqualTo(1);
        assertThat(world.events(Drift.Jumped.class, 3))
                .singleElement()
                .satisfies(jumped -> assertThat(jumped.who()).isEqualTo(ada.entityId()));
    }

    @Test
    void listsEachAvatarInTheFrameOfItsOwnCell() {
        HandCrankedWorld world = world(new StripPartition(2, 256, 256), 0, CellSettings.defaults());
        TestPlayer ada = world.join("Ada", 100, 0);
        TestPlayer bob = world.join("Bob", 300, 0);
        List<String> listed = new ArrayList<>();
        world.onFrame(frame -> {
            for (int i = 0; i < frame.avatarCount(); i++) {
                listed.add(frame.cell().region() + " " + frame.avatar()[i]);
            }
        });
        world.tick(1);
        assertThat(listed).containsExactly("0,0 " + ada.entityId(), "1,0 " + bob.entityId());
    }
}
