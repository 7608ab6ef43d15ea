package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GhostTest {
    private static final StripPartition STRIP = new StripPartition(4, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId NEXT = new RegionId(1, 0);
    private static final double RANGE_METRES = 64;

    /** A ghost as its cell sees it, in world metres. */
    private record Seen(double x, double y, int ownership) {}

    static Stream<Partition> partitions() {
        return Stream.of(STRIP, new HexPartition(3, 3, 150));
    }

    private static HandCrankedWorld world(Partition partition, int drifters, int ghostsMax) {
        CellSettings defaults = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                defaults.rates(),
                defaults.inboxes(),
                defaults.borders(),
                defaults.avatars(),
                new CellSettings.Ghosts(RANGE_METRES, ghostsMax, Math.min(ghostsMax, 100)),
                64);
        return HandCrankedWorld.of(
                Drift::new,
                Map.of("drifters", "" + drifters, "turns", drifters == 0 ? "0" : "20"),
                partition,
                11,
                settings);
    }

    private static Map<Long, Seen> ghosts(HandCrankedWorld world, RegionId region) {
        Map<Long, Seen> seen = new TreeMap<>();
        world.visit(region, cell -> {
            var store = cell.ghosts().entities();
            var type = store.schema().type(Position.class);
            for (var table : store.query(type)) {
                for (int row = 0; row < table.size(); row++) {
                    Position at = store.get(table.entity(row), type);
                    Identity who = store.get(table.entity(row), store.schema().type(Identity.class));
                    assertThat(cell.find(who.id())).as("own and ghost").isZero();
                    assertThat(cell.ghosts().find(who.id())).isEqualTo(table.entity(row));
                    seen.put(who.id(), new Seen(cell.worldX(at.x()), cell.worldY(at.y()), who.ownership()));
                }
            }
        });
        return seen;
    }

    private static long spawn(HandCrankedWorld world, RegionId region, double x, double y, float speed) {
        long[] id = new long[1];
        world.visit(
                region,
                cell -> id[0] =
                        cell.idOf(cell.spawn(new Position(cell.localX(x), cell.localY(y), 0), new Velocity(speed, 0))));
        return id[0];
    }

    private static double distance(EntityView a, EntityView b) {
        return Math.sqrt((a.worldX() - b.worldX()) * (a.worldX() - b.worldX())
                + (a.worldY() - b.worldY()) * (a.worldY() - b.worldY()));
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void showsWhoIsNearWithinThreeTicksAndWithoutBlinking(Partition partition) {
        HandCrankedWorld world = world(partition, 30, 1000);
        Map<String, Integer> neededFor = new TreeMap<>();
        int checked = 0;
        for (int tick = 0; tick < 300; tick++) {
            world.tick(1);
            List<EntityView> all = world.entities(Velocity.class);
            Map<String, Integer> needed = new TreeMap<>();
            for (RegionId region : partition.regions()) {
                Map<Long, Seen> seen = ghosts(world, region);
                for (EntityView other : all) {
                    RegionId home = other.cell().region();
                    if (home.equals(region)
                            || !partition.neighbours(region).contains(home)
                            || !near(partition, other, all, region)) {
                        continue;
                    }
                    String key = region + " sees " + other.id();
                    needed.put(key, neededFor.getOrDefault(key, 0) + 1);
                    if (needed.getOrDefault(key, 0) > 3) {
                        checked++;
                        assertThat(seen).as(key + " in tick " + tick).containsKey(other.id());
                        Seen ghost = seen.getOrDefault(other.id(), new Seen(0, 0, 0));
                        assertThat(Math.abs(ghost.x() - other.worldX())).isLessThan(16);
                        assertThat(Math.abs(ghost.y() - other.worldY())).isLessThan(16);
                    }
                }
            }
            neededFor = needed;
        }
        assertThat(checked).isGreaterThan(1000);
    }

    private static boolean near(Partition partition, EntityView other, List<EntityView> all, RegionId region) {
        return inWorld(partition, other)
                && all.stream()
                        .anyMatch(own -> own.cell().region().equals(region)
                                && inWorld(partition, own)
                                && distance(own, other) < RANGE_METRES);
    }

    /** Beyond the jagged edge of a hex world, neighbours may be filed far from each other. */
    private static boolean inWorld(Partition partition, EntityView view) {
        RegionId region = view.cell().region();
        var bounds = partition.bounds(region);
        double x = view.worldX() - partition.originX(region);
        double y = view.worldY() - partition.originY(region);
        return x > bounds.minX() - 20 && x < bounds.maxX() + 20 && y > bounds.minY() - 20 && y < bounds.maxY() + 20;
    }

    @Test
    void seesNobodyOnceTheNeedHasEnded() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        long watcher = spawn(world, LEFT, 240, 0, 0);
        long other = spawn(world, NEXT, 280, 0, 0);
        world.tick(3);
        assertThat(ghosts(world, LEFT)).containsOnlyKeys(other);
        assertThat(ghosts(world, NEXT)).containsOnlyKeys(watcher);
        world.visit(LEFT, cell -> cell.despawn(cell.find(watcher)));
        world.tick(2);
        assertThat(ghosts(world, NEXT)).as("the dead are gone at once").isEmpty();
        world.tick(60);
        assertThat(ghosts(world, LEFT)).isEmpty();
        assertThat(world.count("cell_ghosts_left_out", "nearest_first")).isZero();
    }

    @Test
    void sceneryNeedsNobody() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        world.visit(LEFT, cell -> cell.spawn(new Position(cell.localX(250), 0, 0)));
        spawn(world, NEXT, 260, 0, 0);
        world.tick(10);
        assertThat(ghosts(world, LEFT)).isEmpty();
        assertThat(ghosts(world, NEXT)).hasSize(1);
    }

    @Test
    void keepsWhoLeavesAsAGhostAtOnce() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        spawn(world, LEFT, 250, 0, 0);
        long runner = spawn(world, LEFT, 240, 0, 100);
        List<String> owners = new ArrayList<>();
        for (int tick = 0; tick < 12; tick++) {
            world.tick(1);
            world.visit(LEFT, cell -> owners.add(sideOf(cell, runner)));
        }
        assertThat(String.join("", owners)).matches("o+g+");
    }

    private static String sideOf(CellContext cell, long id) {
        return (cell.find(id) != 0 ? "o" : "") + (cell.ghosts().find(id) != 0 ? "g" : "");
    }

    @Test
    void followsATargetOverTwoHandOffsAndLetsItGo() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        long target = spawn(world, LEFT, 200, 0, 100);
        world.tick(1);
        for (int tick = 0; tick < 90; tick++) {
            world.visit(
                    LEFT,
                    cell -> assertThat(cell.follow(target, FollowReason.LOCKED_TARGET))
                            .isTrue());
            world.tick(1);
            world.visit(LEFT, cell -> assertThat(sideOf(cell, target)).hasSize(1));
        }
        EntityView truth = world.entity(target);
        assertThat(truth.ownership()).as("two hand-offs").isEqualTo(3);
        Map<Long, Seen> seen = ghosts(world, LEFT);
        assertThat(seen).containsOnlyKeys(target);
        assertThat(seen.values().iterator().next().ownership()).isEqualTo(3);
        assertThat(Math.abs(seen.values().iterator().next().x() - truth.worldX()))
                .isLessThan(11);
        world.tick(30);
        assertThat(ghosts(world, LEFT)).isEmpty();
    }

    @Test
    void followsNobodyWhomItHasNeverSeen() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        long far = spawn(world, new RegionId(3, 0), 900, 0, 0);
        world.tick(3);
        world.visit(
                LEFT, cell -> assertThat(cell.follow(far, FollowReason.SQUAD)).isFalse());
    }

    @Test
    void staysWithinItsLimitAndCountsWhomItLeavesOut() {
        HandCrankedWorld world = world(STRIP, 0, 5);
        spawn(world, LEFT, 250, 0, 0);
        for (int i = 0; i < 9; i++) {
            spawn(world, NEXT, 260 + i, 0, 0);
        }
        for (int tick = 0; tick < 100; tick++) {
            world.tick(1);
            assertThat(ghosts(world, LEFT)).hasSizeLessThanOrEqualTo(5);
        }
        assertThat(world.count("cell_ghosts_left_out", "nearest_first")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void seesAgainWhatARestartedNeighbourHas() {
        HandCrankedWorld world = world(STRIP, 0, 1000);
        spawn(world, LEFT, 250, 0, 0);
        long other = spawn(world, NEXT, 260, 0, 0);
        world.tick(5);
        world.checkpoint(NEXT);
        world.tick(2);
        var spec = world.crash(NEXT);
        for (int tick = 0; tick < 80; tick++) {
            world.tick(1);
        }
        assertThat(ghosts(world, LEFT)).as("the source was silent").isEmpty();
        for (int tick = 0; tick < 20 && !world.restart(spec); tick++) {
            world.tick(1);
        }
        world.tick(10);
        assertThat(ghosts(world, LEFT)).containsOnlyKeys(other);
    }
}
