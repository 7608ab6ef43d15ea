package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.space.StripPartition;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever crosses a border is simulated once in each tick, by one cell or the other. Cells tick in order of their ids: who goes east is offered to a cell that has yet to run the same tick, who goes west to one that
 * hears of it in the next.
 */
class CrossingTest {
    private static final StripPartition STRIP = new StripPartition(2, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);
    private static final double BORDER_X = 256;
    private static final int EAST = 1;
    private static final int WEST = -1;
    private static final double STEP_METRES =
            Drift.SPEED_METRES_PER_SECOND / CellSettings.defaults().rates().simulationHz();

    private final HandCrankedWorld world = HandCrankedWorld.of(Drift::new, Map.of(), STRIP, 3, CellSettings.defaults());
    private final Place place = new Place();

    private static RegionId homeOf(int way) {
        return way == EAST ? LEFT : RIGHT;
    }

    private static RegionId targetOf(int way) {
        return way == EAST ? RIGHT : LEFT;
    }

    private long spawn(int way, double metresToBorder) {
        double x = BORDER_X - way * metresToBorder;
        long[] id = new long[1];
        world.visit(
                homeOf(way),
                cell -> id[0] = cell.idOf(cell.spawn(
                        new Position(cell.localX(x), 0, 0), new Velocity(way * Drift.SPEED_METRES_PER_SECOND, 0))));
        return id[0];
    }

    private @Nullable EntityView find(long id) {
        return world.entities(Position.class).stream()
                .filter(entity -> entity.id() == id)
                .findFirst()
                .orElse(null);
    }

    private EntityView body(long id) {
        return Objects.requireNonNull(find(id), () -> "no cell has entity " + id);
    }

    @ParameterizedTest
    @ValueSource(ints = {EAST, WEST})
    void aBodyMovesByOneStepInEachTickWhicheverWayItCrosses(int way) {
        long id = spawn(way, 60);
        double from = BORDER_X - way * 60;
        int between = 0;
        for (int tick = 1; tick <= 40; tick++) {
            world.tick(1);
            EntityView body = find(id);
            if (body == null) {
                between++;
                continue;
            }
            assertThat(body.worldX())
                    .as("after %d ticks", tick)
                    .isCloseTo(from + way * STEP_METRES * tick, within(0.01));
        }
        assertThat(body(id).cell().region()).isEqualTo(targetOf(way));
        assertThat(between).as("ticks after which no cell had it").isEqualTo(way == EAST ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {EAST, WEST})
    void anAvatarObeysTheInputOfEachTickWhileItCrosses(int way) {
        TestPlayer ada = world.join("Ada", BORDER_X - way * 60, 0);
        world.tick(25); // it has not just come
        for (int tick = 1; tick <= 40; tick++) {
            // It swerves each tick, so one that came a tick late would be seen.
            int seq = ada.input(new Controls(way, tick % 3 - 1, 0, 0, Drift.BUTTON_JUMP));
            world.tick(1);
            EntityView avatar = find(ada.entityId());
            if (avatar == null) {
                continue;
            }
            assertThat(avatar.worldX())
                    .as("after %d ticks", tick)
                    .isCloseTo(BORDER_X + way * (STEP_METRES * tick - 60), within(0.01));
            assertThat(avatar.get(Velocity.class).y())
                    .as("after %d ticks", tick)
                    .isEqualTo((tick % 3 - 1) * Drift.SPEED_METRES_PER_SECOND);
            assertThat(avatar.get(Drift.Deeds.class).jumpCount()).isEqualTo(tick);
            assertThat(ada.ackedSeq()).as("heard of").isGreaterThanOrEqualTo(seq - 1);
        }
        assertThat(ada.avatar().cell().region()).isEqualTo(targetOf(way));
    }

    @ParameterizedTest
    @ValueSource(ints = {EAST, WEST})
    void aCellThatSawItComeKnowsWhereItWasInEachTick(int way) {
        world.join("Ada", BORDER_X + way * 20, 0); // she acts there, so that cell has ghosts
        long id = spawn(way, 60);
        tickUntilItIs(targetOf(way), id);
        world.tick(2);
        assertKnowsWhereItWas(way, id, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {EAST, WEST})
    void aCellThatDidNotSeeItComeKnowsWhereItWasLeft(int way) {
        long id = spawn(way, 60);
        tickUntilItIs(targetOf(way), id);
        assertKnowsWhereItWas(way, id, way == EAST ? 0 : 1);
    }

    private void tickUntilItIs(RegionId region, long id) {
        for (EntityView at = find(id); at == null || !at.cell().region().equals(region); at = find(id)) {
            world.tick(1);
            assertThat(world.lastTick()).as("crossing").isLessThan(60);
        }
    }

    private void assertKnowsWhereItWas(int way, long id, int ticks) {
        double now = body(id).worldX();
        for (int ago = 0; ago <= ticks; ago++) {
            assertThat(seenX(targetOf(way), id, ago))
                    .as("%d ticks ago", ago)
                    .isCloseTo(now - way * STEP_METRES * ago, within(0.01));
        }
    }

    private double seenX(RegionId region, long id, float ticksAgo) {
        double[] x = {Double.NaN};
        world.visit(region, cell -> {
            if (cell.past(ticksAgo).find(id, place)) {
                x[0] = cell.worldX(place.x);
            }
        });
        return x[0];
    }

    @Test
    void whoWasOfferedInAnEarlierTickIsSimulatedInTheOneThatTakesItIn() {
        assertThat(metresInNextTick(offer(1))).isCloseTo(-STEP_METRES, within(0.01));
    }

    @Test
    void whoWasOfferedInTheTickThatRunsIsNotSimulatedInItAgain() {
        HandoffOffer offer = offer(1);
        assertThat(metresInNextTick(offer.madeIn(world.lastTick() + 1))).isZero();
    }

    @Test
    void whoWasOfferedInNoKnownTickIsSimulatedFromTheNextOn() {
        assertThat(metresInNextTick(offer(1).madeIn(HandoffOffer.UNKNOWN_TICK))).isZero();
    }

    @Test
    void anOfferThatIsEarlyDoesNotOvertakeOneThatWaitsBeforeIt() {
        HandoffOffer first = offer(1).madeIn(HandoffOffer.UNKNOWN_TICK);
        HandoffOffer second = offer(2);
        world.offer(world.cell(LEFT).id(), second);
        world.offer(world.cell(LEFT).id(), first);
        world.tick(1);
        assertThat(find(first.entity())).isNotNull();
        assertThat(find(second.entity())).isNotNull();
    }

    /** Of the last tick: a body at the left origin that flies west, with this number of the right cell. */
    private HandoffOffer offer(long seq) {
        ByteWriter image = new ByteWriter(64);
        if (world.lastTick() == 0) {
            spawn(WEST, 60);
            world.tick(1);
        }
        long donor = world.entities(Velocity.class).stream()
                .filter(body -> body.cell().region().equals(RIGHT))
                .findFirst()
                .orElseThrow()
                .id();
        Cell right = world.cell(RIGHT);
        world.visit(RIGHT, cell -> cell.entities().writeEntity(cell.find(donor), image));
        return new HandoffOffer(
                        right.id(), right.epoch(), right.epoch(), seq, 1000 + seq, 2, 0, 0, image.toBytes(), 0, 0, 0)
                .madeIn(world.lastTick());
    }

    private double metresInNextTick(HandoffOffer offer) {
        world.offer(world.cell(LEFT).id(), offer);
        world.tick(1);
        return body(offer.entity()).worldX() - STRIP.originX(LEFT);
    }
}
