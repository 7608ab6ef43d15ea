package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.Partition;
import dev.terrane.space.SinglePartition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LayerTest {
    private static final Partition STRIP = new StripPartition(3, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final RegionId RIGHT = new RegionId(2, 0);

    private static HandCrankedWorld world(Partition partition, int drifters) {
        return HandCrankedWorld.of(
                Drift::new, Map.of("drifters", "" + drifters, "turns", "20"), partition, 7, CellSettings.defaults());
    }

    private static void mergeAndWait(HandCrankedWorld world, RegionId region, int layer) {
        world.merge(region, layer);
        for (int i = 0; world.layersOf(region).contains(layer); i++) {
            world.tick(1);
            assertThat(i).as("ticks until the layer is taken away").isLessThan(60);
        }
    }

    @Test
    void handsAboutTheShareOverInLimitedSteps() {
        HandCrankedWorld world = world(new SinglePartition(500, 500), 1000);
        world.tick(2);
        world.split(RegionId.ORIGIN, 0.5f);
        world.tick(1);
        assertThat(world.cell(RegionId.ORIGIN, 0).entityCount()).isEqualTo(1000 - 256);
        assertThat(world.cell(RegionId.ORIGIN, 0).movingCount()).isEqualTo(500 - 256);
        world.tick(2);
        assertThat(world.cell(RegionId.ORIGIN, 0).movingCount()).isZero();
        assertThat(world.cell(RegionId.ORIGIN, 1).entityCount()).isEqualTo(500);
        EachOnceChecker.check(world, 1000);
        assertThat(world.count("cell_layer_handoffs_out", "")).isEqualTo(500);
    }

    @Test
    void beginsALayerWithoutGenesis() {
        HandCrankedWorld world = world(STRIP, 10);
        world.tick(1);
        world.split(MIDDLE, 0);
        world.tick(2);
        assertThat(world.cell(MIDDLE, 1).entityCount()).isZero();
    }

    @Test
    void takesTheLayerAwayWhenEverybodyIsBack() {
        HandCrankedWorld world = world(STRIP, 200);
        world.tick(2);
        world.split(MIDDLE, 0.5f);
        world.tick(20);
        mergeAndWait(world, MIDDLE, 1);
        assertThat(world.layersOf(MIDDLE)).containsExactly(0);
        EachOnceChecker.check(world, 600);
    }

    @Test
    void opensALayerAnewAfterItWasTakenAway() {
        HandCrankedWorld world = world(STRIP, 100);
        world.tick(2);
        for (int i = 0; i < 4; i++) {
            world.split(MIDDLE, 0.5f);
            world.tick(230); // longer than those who changed layers are spared
            assertThat(world.cell(MIDDLE, 1).entityCount()).isPositive();
            EachOnceChecker.check(world, 300);
            mergeAndWait(world, MIDDLE, 1);
            EachOnceChecker.check(world, 300);
        }
    }

    @Test
    void sparesWhoChangedLayersLately() {
        HandCrankedWorld world = world(new SinglePartition(500, 500), 100);
        world.tick(2);
        world.split(RegionId.ORIGIN, 0.5f);
        world.tick(5);
        world.offer(
                world.cell(RegionId.ORIGIN, 1).id(),
                new CellInput.Divide(world.cell(RegionId.ORIGIN, 0).id(), 1));
        world.tick(5);
        assertThat(world.cell(RegionId.ORIGIN, 1).entityCount()).isEqualTo(50);
        world.tick(200);
        world.offer(
                world.cell(RegionId.ORIGIN, 1).id(),
                new CellInput.Divide(world.cell(RegionId.ORIGIN, 0).id(), 1));
        world.tick(5);
        assertThat(world.cell(RegionId.ORIGIN, 1).entityCount()).isZero();
    }

    @Test
    void countsTheBorderCooldownFromTheBorderAndNotFromTheLayer() {
        HandCrankedWorld world = world(STRIP, 0);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(300), 0, 0)));
        world.tick(1);
        EntityView entity = world.entities(Position.class).getFirst();
        assertThat(entity.cell().region()).isEqualTo(MIDDLE);
        world.tick(5);
        world.split(MIDDLE, 1);
        world.tick(2);
        assertThat(world.entity(entity.id()).cell().layer()).isEqualTo(1);
        assertThat(world.entity(entity.id()).get(Identity.class).arrivedTick()).isEqualTo(1);
    }

    @Test
    void letsLayersSeeEachOtherAsGhosts() {
        HandCrankedWorld world = world(new SinglePartition(500, 500), 0);
        world.visit(RegionId.ORIGIN, cell -> {
            for (int i = 0; i < 100; i++) {
                cell.spawn(new Position(i % 10 * 20 - 90, i / 10 * 20 - 90, 0), new Velocity(0, 0));
            }
        });
        world.tick(1);
        world.split(RegionId.ORIGIN, 0.5f);
        world.tick(10);
        List<EntityView> all = world.entities(Velocity.class);
        for (int layer = 0; layer <= 1; layer++) {
            Set<Long> seen = ghostsOf(world.cell(RegionId.ORIGIN, layer));
            assertThat(seen).as("ghosts of layer " + layer).isNotEmpty();
            for (EntityView other : all) {
                boolean own = other.cell().layer() == layer;
                if (own) {
                    assertThat(seen).doesNotContain(other.id());
                } else if (all.stream().anyMatch(one -> !one.cell().equals(other.cell()) && near(one, other))) {
                    assertThat(seen).as("ghosts of layer " + layer).contains(other.id());
                }
            }
        }
    }

    /** Nearer than a cell sees. */
    private static boolean near(EntityView one, EntityView other) {
        double dx = one.worldX() - other.worldX();
        double dy = one.worldY() - other.worldY();
        return dx * dx + dy * dy < 60 * 60;
    }

    private static Set<Long> ghostsOf(Cell cell) {
        Set<Long> seen = new TreeSet<>();
        cell.visit(context -> {
            EntityStore ghosts = context.ghosts().entities();
            for (Table table : ghosts.query(ghosts.schema().type(Position.class))) {
                for (int row = 0; row < table.size(); row++) {
                    seen.add(context.ghosts().idOf(table.entity(row)));
                }
            }
        });
        return seen;
    }

    @Test
    void takesNewcomersInWhereTheEntranceIs() {
        HandCrankedWorld world = world(STRIP, 0);
        world.tick(1);
        world.split(MIDDLE, 0);
        world.tick(1);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(300), 0, 0)));
        world.tick(2);
        assertThat(world.entities(Position.class))
                .singleElement()
                .satisfies(entity -> assertThat(entity.cell().layer()).isEqualTo(1));
        TestPlayer ada = world.join("Ada", 384, 0);
        assertThat(ada.avatar().cell().layer()).isEqualTo(1);
    }

    @Test
    void letsAnAvatarCrossBetweenLayersOfNeighbours() {
        HandCrankedWorld world = world(STRIP, 0);
        world.tick(1);
        world.split(LEFT, 0);
        world.split(MIDDLE, 0);
        world.tick(1);
        TestPlayer ada = world.join("Ada", 200, 0);
        assertThat(ada.avatar().cell()).isEqualTo(world.cell(LEFT, 1).id());
        for (int i = 0; i < 40; i++) {
            ada.input(new Controls(1, 0, 0, 0, 0));
            world.tick(1);
        }
        assertThat(ada.cell()).isEqualTo(world.cell(MIDDLE, 1).id());
        assertThat(ada.avatar().cell()).isEqualTo(ada.cell());
    }

    @Test
    void sendsAJoinOnThatFindsItsLayerLeaving() {
        HandCrankedWorld world = world(STRIP, 400);
        world.tick(1);
        world.split(MIDDLE, 0.9f);
        world.tick(10);
        TestPlayer ada = world.offerJoin("Ada", 384, 0);
        world.merge(MIDDLE, 1);
        world.tick(3);
        assertThat(ada.joined()).isTrue();
        assertThat(ada.avatar().cell().layer()).isZero();
    }

    @Test
    void playsOnThroughSplitAndMergeAtMostOneTickLate() {
        HandCrankedWorld world = world(STRIP, 300);
        List<TestPlayer> players = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            players.add(world.join("player-" + i, 384 + i, i));
        }
        int[] sent = new int[players.size()];
        int moved = 0;
        for (int tick = 0; tick < 200; tick++) {
            if (tick == 20) {
                world.split(MIDDLE, 0.7f);
            } else if (tick == 100) {
                world.merge(MIDDLE, 1);
            }
            for (int i = 0; i < sent.length; i++) {
                sent[i] = players.get(i).input(new Controls(0, 0, tick, 0, tick % 10 == 0 ? Drift.BUTTON_JUMP : 0));
            }
            world.tick(1);
            for (int i = 0; i < sent.length; i++) {
                assertThat(players.get(i).ackedSeq())
                        .as("player " + i + " after tick " + tick)
                        .isGreaterThanOrEqualTo(sent[i] - 1);
            }
        }
        world.tick(2);
        for (int i = 0; i < sent.length; i++) {
            TestPlayer player = players.get(i);
            assertThat(player.ackedSeq()).isEqualTo(sent[i]);
            assertThat(player.ended()).isNull();
            assertThat(player.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(20);
            moved += player.avatar().ownership() > 1 ? 1 : 0;
        }
        assertThat(moved).as("players who changed layers").isGreaterThan(5);
        assertThat(world.layersOf(MIDDLE)).containsExactly(0);
        EachOnceChecker.check(world, 900 + players.size());
    }

    @Test
    void losesAndDoublesNobodyWhenAllFallInAnyTickOfASplitAndAMerge() {
        for (int killTick = 1; killTick <= 60; killTick++) {
            HandCrankedWorld world = splitting(killTick);
            world.crashAll();
            EachOnceChecker.check(world, 600);
            for (int layer : world.layersOf(MIDDLE)) {
                if (layer > 0) {
                    mergeAndWait(world, MIDDLE, layer);
                }
            }
            EachOnceChecker.check(world, 600);
        }
    }

    @Test
    void losesAndDoublesNobodyWhenOneLayerFallsInAnyTickOfASplitAndAMerge() {
        for (int killTick = 1; killTick <= 60; killTick++) {
            for (int layer = 0; layer <= 1; layer++) {
                HandCrankedWorld world = splitting(killTick);
                if (!world.layersOf(MIDDLE).contains(layer)) {
                    continue;
                }
                List<CellSpec> specs = world.crashLayer(MIDDLE, layer);
                int ticks = 0;
                do {
                    world.tick(1);
                    assertThat(++ticks).isLessThan(30);
                } while (!world.restart(specs));
                world.tick(70);
                EachOnceChecker.check(world, 600);
            }
        }
    }

    /** A world some ticks into a split, of which half is merged back from tick 25 on; images are taken at different ticks. */
    private static HandCrankedWorld splitting(int ticks) {
        CellSettings usual = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                usual.rates(),
                usual.inboxes(),
                new CellSettings.Borders(8, 20, 16, 50),
                usual.avatars(),
                usual.chunkMetres());
        HandCrankedWorld world =
                HandCrankedWorld.of(Drift::new, Map.of("drifters", "200", "turns", "20"), STRIP, 7, settings);
        world.tick(2);
        for (int tick = 0; tick < ticks; tick++) {
            if (tick == 5) {
                world.split(MIDDLE, 0.5f);
            } else if (tick == 25) {
                world.merge(MIDDLE, 1);
            }
            if (tick % 7 == 3) {
                world.checkpoint(tick % 2 == 0 ? MIDDLE : RIGHT);
            }
            if (tick % 11 == 9 && world.layersOf(MIDDLE).contains(1)) {
                world.cell(MIDDLE, 1).requestImage();
            }
            world.tick(1);
        }
        return world;
    }
}
