package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.StripPartition;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells know what their players saw, and where everybody was then. */
class RewindTest {
    private static final StripPartition STRIP = new StripPartition(2, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);
    private static final double BORDER_X = 256;
    private static final Controls STILL = new Controls(0, 0, 0, 0, 0);
    private static final CellSettings.Rewind LIMITS = CellSettings.Rewind.DEFAULT;

    private final HandCrankedWorld world = HandCrankedWorld.of(Drift::new, Map.of(), STRIP, 1, CellSettings.defaults());
    private final Place place = new Place();

    private float lagOf(TestPlayer player) {
        float[] lag = new float[1];
        world.visit(player.avatar().cell().region(), cell -> lag[0] = cell.viewLagTicks(cell.find(player.entityId())));
        return lag[0];
    }

    private long spawn(RegionId region, double x, float speed) {
        long[] id = new long[1];
        world.visit(
                region,
                cell -> id[0] = cell.idOf(cell.spawn(new Position(cell.localX(x), 0, 0), new Velocity(speed, 0))));
        return id[0];
    }

    /** World metres; NaN where the cell does not know. */
    private double seenX(RegionId region, long id, float ticksAgo) {
        double[] x = new double[1];
        world.visit(region, cell -> x[0] = seenX(cell, id, ticksAgo));
        return x[0];
    }

    private double seenX(CellContext cell, long id, float ticksAgo) {
        return cell.past(ticksAgo).find(id, place) ? cell.worldX(place.x) : Double.NaN;
    }

    private boolean seenNear(RegionId region, long id, double x, float ticksAgo) {
        long[] ids = new long[8];
        boolean[] found = new boolean[1];
        world.visit(region, cell -> {
            int count = cell.past(ticksAgo).near(cell.localX(x), 0, 1, ids);
            for (int i = 0; i < count; i++) {
                found[0] |= ids[i] == id;
            }
        });
        return found[0];
    }

    @Test
    void gamesLearnHowLongAgoAPlayerSawOthers() {
        TestPlayer ada = world.join("Ada", 0, 0);
        world.tick(20);
        ada.input(STILL, world.lastTick() - 3.25f);
        world.tick(1);
        assertThat(lagOf(ada)).isEqualTo(4.25f);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0, 0, 1",
        "Infinity, 0, 0, 1",
        "-Infinity, 0, 0, 1",
        "100000, 0, 0, 1",
        "3.4e38, 0, 0, 1",
        "1, 10, 1, 0",
        "-5, 0, 0, 1",
        "50, 0, 0, 1",
        "65535.5, 10, 1, 0",
        "0, 0, 0, 0",
    })
    void whatAClientClaimsIsBounded(float claimed, float believed, int tooOldCount, int futureCount) {
        TestPlayer ada = world.join("Ada", 0, 0);
        world.tick(40);
        ada.input(STILL, claimed);
        world.tick(1);
        assertThat(lagOf(ada)).isEqualTo(believed);
        assertThat(world.count("cell_views_clamped", "too_old")).isEqualTo(tooOldCount);
        assertThat(world.count("cell_views_clamped", "future")).isEqualTo(futureCount);
    }

    @Test
    void whoIsSilentSeesOnAsHeDid() {
        TestPlayer ada = world.join("Ada", 0, 0);
        world.tick(20);
        ada.input(STILL, world.lastTick() - 5);
        world.tick(10);
        assertThat(lagOf(ada)).isEqualTo(6);
    }

    @Test
    void whomNobodyDrivesSeesNow() {
        TestPlayer ada = world.join("Ada", 0, 0);
        long drifter = spawn(LEFT, 0, 0);
        world.tick(20);
        ada.input(STILL, world.lastTick() - 5);
        world.tick(1);
        float[] lag = {-1};
        world.visit(LEFT, cell -> lag[0] = cell.viewLagTicks(cell.find(drifter)));
        assertThat(lag[0]).isZero();
        ada.disconnect();
        world.tick(1);
        assertThat(lagOf(ada)).as("and nobody is there any more").isZero();
        world.rejoin(ada, 0, 0);
        assertThat(lagOf(ada)).as("another connection has seen nothing yet").isZero();
    }

    @Test
    void aCellKnowsWhereItsOwnWere() {
        long runner = spawn(LEFT, -100, 40);
        Map<Long, Double> truth = follow(runner, 30);
        for (int ago = 0; ago <= LIMITS.historyTicks(); ago++) {
            assertThat(seenX(LEFT, runner, ago)).isCloseTo(truth.get(world.lastTick() - ago), within(0.001));
        }
        double between = (truth.getOrDefault(world.lastTick() - 3, Double.NaN)
                        + truth.getOrDefault(world.lastTick() - 4, Double.NaN))
                / 2;
        assertThat(seenX(LEFT, runner, 3.5f)).isCloseTo(between, within(0.001));
        assertThat(seenNear(LEFT, runner, between, 3.5f)).isTrue();
        assertThat(seenNear(LEFT, runner, between, 0)).isFalse();
    }

    /** Where it was at the end of each tick, in world metres; nothing for ticks that it spent between two cells. */
    private Map<Long, Double> follow(long id, int ticks) {
        Map<Long, Double> truth = new TreeMap<>();
        for (int i = 0; i < ticks; i++) {
            world.tick(1);
            if (world.inTransitCount() == 0) {
                truth.put(world.lastTick(), world.entity(id).worldX());
            }
        }
        return truth;
    }

    @Test
    void ghostsAreRememberedAsOfTheirOwnersTick() {
        spawn(RIGHT, BORDER_X + 5, 0); // somebody has to need them
        long runner = spawn(LEFT, BORDER_X - 60, 30);
        Map<Long, Double> truth = follow(runner, 30);
        assertThat(world.entity(runner).cell().region()).isEqualTo(LEFT);
        for (int ago = 1; ago <= 15; ago++) {
            assertThat(seenX(RIGHT, runner, ago))
                    .as("%d ticks ago", ago)
                    .isCloseTo(truth.get(world.lastTick() - ago), within(0.001));
        }
    }

    @Test
    void aResterBeyondTheBorderIsRememberedThoughNobodySpeaksOfHim() {
        spawn(RIGHT, BORDER_X + 5, 0);
        long rester = spawn(LEFT, BORDER_X - 30, 0);
        for (int tick = 0; tick < 100; tick++) {
            world.tick(1);
            if (tick > 10) {
                assertThat(seenX(RIGHT, rester, tick % 10)).isCloseTo(BORDER_X - 30, within(0.001));
            }
        }
    }

    /** What it did while it was on its way from one cell to the other, the other may be half a step wrong about. */
    @ParameterizedTest
    @CsvSource({"1, 0.01", "-1, 1.51"})
    void thePastCrossesTheBorderWithWhoeverDoes(int direction, double toleranceMetres) {
        spawn(RIGHT, BORDER_X + 30, 0);
        spawn(LEFT, BORDER_X - 30, 0);
        long runner = spawn(direction > 0 ? LEFT : RIGHT, BORDER_X - 40 * direction, 60 * direction);
        RegionId target = direction > 0 ? RIGHT : LEFT;
        Map<Long, Double> truth = new TreeMap<>();
        boolean[] crossed = new boolean[1];
        for (int tick = 0; tick < 40; tick++) {
            truth.putAll(follow(runner, 1));
            world.visit(target, cell -> crossed[0] |= cell.find(runner) != 0);
            if (tick < 15) {
                continue;
            }
            for (RegionId region : STRIP.regions()) {
                for (int ago = 2; ago <= 10; ago++) {
                    Double was = truth.get(world.lastTick() - ago);
                    if (was != null) {
                        assertThat(seenX(region, runner, ago))
                                .as("from %s, %d ticks before %d", region, ago, world.lastTick())
                                .isCloseTo(was, within(toleranceMetres));
                    }
                }
            }
        }
        assertThat(crossed[0]).as("it went over").isTrue();
        assertThat(truth.size()).isGreaterThan(35);
    }

    @Test
    void whoDiedIsStillSeenWhereHeWas() {
        long runner = spawn(LEFT, 0, 20);
        Map<Long, Double> truth = follow(runner, 10);
        world.visit(LEFT, cell -> cell.despawn(cell.find(runner)));
        world.tick(3);
        assertThat(seenX(LEFT, runner, 4)).isCloseTo(truth.get(world.lastTick() - 4), within(0.001));
        world.tick(LIMITS.historyTicks());
        assertThat(seenX(LEFT, runner, 10)).isNaN();
    }

    @Test
    void whoBeginsAnewIsNowhereBefore() {
        long runner = spawn(LEFT, 0, 20);
        world.tick(10);
        world.visit(LEFT, cell -> cell.forgetPast(cell.find(runner)));
        world.tick(3);
        double now = world.entity(runner).worldX();
        assertThat(seenX(LEFT, runner, 2)).isCloseTo(now - 2, within(0.001));
        assertThat(seenX(LEFT, runner, 4)).isNaN();
        assertThat(seenNear(LEFT, runner, now - 4, 4)).isFalse();
    }

    @Test
    void aJumpIsNoFlight() {
        spawn(RIGHT, BORDER_X + 5, 0);
        long jumper = spawn(LEFT, BORDER_X - 60, 0);
        world.tick(10);
        world.visit(LEFT, cell -> {
            var position = cell.entities().schema().type(Position.class);
            cell.entities().set(cell.find(jumper), position, new Position(cell.localX(BORDER_X - 20), 0, 0));
        });
        world.tick(4);
        for (RegionId region : STRIP.regions()) {
            assertThat(seenX(region, jumper, 2)).isCloseTo(BORDER_X - 20, within(0.001));
            for (float ago = 3.25f; ago < 6; ago += 0.25f) {
                assertThat(seenX(region, jumper, ago))
                        .as("from %s, %f ticks ago", region, ago)
                        .isNaN();
            }
        }
    }

    @Test
    void aRestoredCellSeesWhatItKnows() {
        long runner = spawn(LEFT, -50, 20);
        world.tick(10);
        world.checkpoint(LEFT);
        world.tick(2);
        CellSpec fallen = world.crash(LEFT);
        int patience = 30;
        do {
            world.tick(1);
        } while (!world.restart(fallen) && --patience > 0);
        world.tick(2);
        double now = world.entity(runner).worldX();
        assertThat(seenX(LEFT, runner, 1)).isCloseTo(now - 1, within(0.001));
        assertThat(seenX(LEFT, runner, 8)).as("the oldest place that is known").isCloseTo(now - 1, within(0.001));
    }
}
