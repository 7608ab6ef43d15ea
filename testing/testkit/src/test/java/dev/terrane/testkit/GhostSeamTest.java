package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.Partition;
import dev.terrane.space.SinglePartition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ghosts where an entity, a layer or a whole cell changes sides. */
class GhostSeamTest {
    private static final StripPartition STRIP = new StripPartition(3, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final int SPECTATORS = 1;
    /** After so long nobody is seen who is not needed: hysteresis and a bridge. */
    private static final int FORGOTTEN_TICKS = 60;

    private static HandCrankedWorld world(Partition partition, int drifters, double rangeMetres) {
        CellSettings defaults = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                defaults.rates(),
                defaults.inboxes(),
                defaults.borders(),
                defaults.avatars(),
                new CellSettings.Ghosts(rangeMetres, 10_000, 100),
                64);
        return HandCrankedWorld.of(
                Drift::new,
                Map.of("drifters", "" + drifters, "turns", drifters == 0 ? "0" : "20"),
                partition,
                3,
                settings);
    }

    private static long spawn(HandCrankedWorld world, RegionId region, double x, float speed) {
        long[] id = new long[1];
        world.visit(
                region,
                cell -> id[0] = cell.idOf(cell.spawn(new Position(cell.localX(x), 0, 0), new Velocity(speed, 0))));
        return id[0];
    }

    /** Ids of all ghosts of a cell, none of which it may own. */
    private static SortedSet<Long> ghosts(Cell cell) {
        SortedSet<Long> ids = new TreeSet<>();
        cell.visit(context -> {
            var store = context.ghosts().entities();
            var identity = store.schema().type(Identity.class);
            for (var table : store.query(identity)) {
                for (int row = 0; row < table.size(); row++) {
                    long id = store.get(table.entity(row), identity).id();
                    assertThat(ids.add(id)).as("another ghost of " + id).isTrue();
                    assertThat(context.find(id)).as("own and ghost").isZero();
                }
            }
        });
        return ids;
    }

    private static SortedSet<Long> own(Cell cell) {
        SortedSet<Long> ids = new TreeSet<>();
        List<EntityView> views = new ArrayList<>();
        cell.visit(context -> Views.collect(context, List.of(Identity.class), views));
        views.forEach(view -> ids.add(view.id()));
        return ids;
    }

    private static SortedSet<Long> everybody(HandCrankedWorld world) {
        SortedSet<Long> ids = new TreeSet<>();
        world.entities(Identity.class).forEach(view -> ids.add(view.id()));
        return ids;
    }

    private static SortedSet<Long> sees(Cell cell) {
        SortedSet<Long> ids = ghosts(cell);
        ids.addAll(own(cell));
        return ids;
    }

    @Test
    void neverShowsAClientAGhost() {
        HandCrankedWorld world = world(STRIP, 60, 64);
        Spectator spectator = new Spectator(world, SPECTATORS);
        STRIP.regions().forEach(spectator::watch);
        int ghosts = 0;
        for (int tick = 0; tick < 200; tick++) {
            world.tick(1);
            assertThat(spectator.entries()).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(spectator.entries())).isEqualTo(everybody(world));
            ghosts += ghosts(world.cell(MIDDLE)).size();
        }
        assertThat(ghosts).as("ghosts there were").isPositive();
    }

    @Test
    void aGhostBecomesOwnInTheTickOfItsArrivalAndOnItsCourse() {
        HandCrankedWorld world = world(STRIP, 0, 64);
        spawn(world, MIDDLE, 270, 0);
        spawn(world, LEFT, 230, 0);
        long runner = spawn(world, LEFT, 200, 60);
        StringBuilder left = new StringBuilder();
        StringBuilder middle = new StringBuilder();
        double[] x = {0};
        for (int tick = 0; tick < 40; tick++) {
            world.tick(1);
            world.visit(LEFT, cell -> left.append(side(cell, runner)));
            world.visit(MIDDLE, cell -> {
                middle.append(side(cell, runner));
                double now = seenX(cell, runner, x[0]);
                if (x[0] == 0) {
                    x[0] = now;
                }
                assertThat(now - x[0]).as("step in tick " + cell.tick()).isBetween(0.0, 6.1);
                x[0] = now;
            });
        }
        assertThat(left.toString()).matches("o+g+");
        assertThat(middle.toString()).matches("\\.{1,3}g+o+");
        assertThat(x[0]).as("it got there").isGreaterThan(300);
    }

    private static String side(CellContext cell, long id) {
        String sides = (cell.find(id) != 0 ? "o" : "") + (cell.ghosts().find(id) != 0 ? "g" : "");
        return sides.isEmpty() ? "." : sides;
    }

    private static double seenX(CellContext cell, long id, double otherwise) {
        var store = cell.find(id) != 0 ? cell.entities() : cell.ghosts().entities();
        long handle = cell.find(id) != 0 ? cell.find(id) : cell.ghosts().find(id);
        return handle == 0
                ? otherwise
                : cell.worldX(
                        store.get(handle, store.schema().type(Position.class)).x());
    }

    @Test
    void layersSeeEachOtherInEveryTickOfASplitAndAMerge() {
        HandCrankedWorld world = world(new SinglePartition(200, 200), 800, 400);
        world.tick(2);
        world.split(RegionId.ORIGIN, 0.5f);
        for (int tick = 0; tick < 60; tick++) {
            world.tick(1);
            SortedSet<Long> all = everybody(world);
            assertThat(all).hasSizeGreaterThan(800 - 257);
            assertThat(sees(world.cell(RegionId.ORIGIN, 0))).as("tick " + tick).containsAll(all);
            if (tick > 4) {
                assertThat(sees(world.cell(RegionId.ORIGIN, 1)))
                        .as("tick " + tick)
                        .isEqualTo(all);
            }
        }
        assertThat(own(world.cell(RegionId.ORIGIN, 1))).hasSize(400);
        world.merge(RegionId.ORIGIN, 1);
        for (int tick = 0; world.layersOf(RegionId.ORIGIN).contains(1); tick++) {
            world.tick(1);
            assertThat(sees(world.cell(RegionId.ORIGIN, 0))).as("tick " + tick).containsAll(everybody(world));
        }
        world.tick(FORGOTTEN_TICKS);
        assertThat(ghosts(world.cell(RegionId.ORIGIN, 0))).isEmpty();
        assertThat(own(world.cell(RegionId.ORIGIN, 0))).hasSize(800);
    }

    @Test
    void aNeighbourSeesAllLayersOfARegion() {
        HandCrankedWorld world = world(STRIP, 0, 64);
        long watcher = spawn(world, LEFT, 250, 0);
        SortedSet<Long> others = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            others.add(spawn(world, MIDDLE, 260 + i, 0));
        }
        world.tick(4);
        assertThat(ghosts(world.cell(LEFT))).isEqualTo(others);
        world.split(MIDDLE, 0.5f);
        for (int tick = 0; tick < 30; tick++) {
            world.tick(1);
            assertThat(ghosts(world.cell(LEFT))).as("tick " + tick).isEqualTo(others);
        }
        assertThat(own(world.cell(MIDDLE, 1))).hasSize(5);
        for (int layer = 0; layer < 2; layer++) {
            assertThat(sees(world.cell(MIDDLE, layer))).containsAll(others).contains(watcher);
        }
    }

    @Test
    void aCellThatRestartsSeesAndIsSeenWithinAFewTicks() {
        HandCrankedWorld world = world(STRIP, 0, 64);
        long west = spawn(world, LEFT, 250, 0);
        long east = spawn(world, MIDDLE, 260, 0);
        world.tick(4);
        world.checkpoint(LEFT);
        world.tick(2);
        long late = spawn(world, LEFT, 252, 0);
        world.tick(3);
        assertThat(ghosts(world.cell(MIDDLE))).containsExactlyInAnyOrder(west, late);
        restart(world, world.crash(LEFT));
        world.tick(8);
        assertThat(ghosts(world.cell(LEFT))).containsExactly(east);
        assertThat(ghosts(world.cell(MIDDLE)))
                .as("who was not in the image has never been")
                .containsExactly(west);
    }

    private static void restart(HandCrankedWorld world, CellSpec spec) {
        int ticks = 0;
        do {
            world.tick(1);
            assertThat(++ticks).isLessThan(30);
        } while (!world.restart(spec));
    }

    /** Whatever falls at whatever time: nobody's own entity is its ghost, and in the end ghosts are of the living and know their ownership. */
    @Test
    void tellsTheTruthAfterCrashes() {
        for (long seed = 1; seed <= 15; seed++) {
            Rng rng = new Rng(seed);
            HandCrankedWorld world = world(STRIP, 30, 64);
            for (int i = 0; i < 4; i++) {
                for (int tick = 5 + rng.nextInt(40); tick > 0; tick--) {
                    world.tick(1);
                    STRIP.regions().forEach(region -> ghosts(world.cell(region)));
                    if (rng.chance(0.1f)) {
                        world.checkpoint(STRIP.regions().get(rng.nextInt(3)));
                    }
                }
                restart(world, world.crash(STRIP.regions().get(rng.nextInt(3))));
            }
            world.tick(2 * FORGOTTEN_TICKS);
            int seen = 0;
            for (RegionId region : STRIP.regions()) {
                seen += checkTruth(world, region, "seed " + seed);
            }
            assertThat(seen).as("seed " + seed).isPositive();
        }
    }

    private static int checkTruth(HandCrankedWorld world, RegionId region, String seed) {
        int[] compared = new int[1];
        SortedSet<Long> all = everybody(world);
        for (long id : ghosts(world.cell(region))) {
            if (!all.contains(id)) {
                assertThat(world.inTransitCount())
                        .as(seed + ": who is nowhere is on its way")
                        .isPositive();
                continue;
            }
            int ownership = world.entity(id).ownership();
            world.visit(region, cell -> {
                var store = cell.ghosts().entities();
                Identity who = store.get(cell.ghosts().find(id), store.schema().type(Identity.class));
                assertThat(who.ownership())
                        .as(seed + ": ownership of ghost " + id)
                        .isEqualTo(ownership);
            });
            compared[0]++;
        }
        return compared[0];
    }
}
