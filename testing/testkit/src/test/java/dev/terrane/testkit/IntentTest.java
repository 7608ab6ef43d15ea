package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Borders;
import dev.terrane.cell.CellSpec;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.Intent;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.Mail.Delivery;
import dev.terrane.testkit.Mail.Letter;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntentTest {
    private static final Partition STRIP = new StripPartition(3, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final RegionId RIGHT = new RegionId(2, 0);
    private static final WorldId TEST = new WorldId("test");

    private final List<Delivery> deliveries = Mail.none();

    private HandCrankedWorld world(Partition partition) {
        CellSettings defaults = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                defaults.rates(), defaults.inboxes(), new Borders(8, 0), defaults.avatars(), defaults.chunkMetres());
        HandCrankedWorld world = HandCrankedWorld.of(() -> new Mail(deliveries), Map.of(), partition, 7, settings);
        world.tick(1);
        return world;
    }

    /** An entity that has just been handed from the left to the middle cell, which has not taken it in yet. */
    private static long leaver(HandCrankedWorld world, float vx) {
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 265, 0, vx, 0)));
        return id[0];
    }

    private static boolean intend(HandCrankedWorld world, RegionId region, long target, Record intent) {
        boolean[] accepted = new boolean[1];
        world.visit(region, cell -> accepted[0] = cell.intend(target, intent));
        return accepted[0];
    }

    private static IntentBatch batch(RegionId source, long epoch, long seq, Intent... intents) {
        return new IntentBatch(
                new CellId(TEST, source, 0), epoch, epoch, 1, seq, 0, HandoffNumber.NONE, List.of(intents));
    }

    private static Intent letter(long target, long number) {
        return new Intent.ToEntity(target, new Letter("", number), 0);
    }

    @Test
    void carriesOwnIntentsOutInTheSameTickInOrder() {
        HandCrankedWorld world = world(STRIP);
        long[] ids = new long[2];
        world.visit(LEFT, cell -> {
            ids[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0));
            ids[1] = cell.idOf(Mail.spawn(cell, 20, 0, 0, 0));
        });
        for (int i = 0; i < 10; i++) {
            assertThat(intend(world, LEFT, ids[i % 2], new Letter("a", i))).isTrue();
        }
        world.tick(1);
        assertThat(deliveries)
                .extracting(Delivery::number)
                .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
        assertThat(deliveries).allMatch(each -> each.tick() == world.lastTick());
        assertThat(world.entity(ids[0]).get(Mail.Postbox.class).letterCount()).isEqualTo(5);
    }

    @Test
    void saysNoWhenNobodyKnowsTheTarget() {
        HandCrankedWorld world = world(STRIP);
        assertThat(intend(world, LEFT, 4711, new Letter("a", 1))).isFalse();
    }

    @Test
    void sendsMailAfterAnEntityThatHasJustLeft() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        world.tick(1);
        assertThat(world.entity(id).cell().region()).isEqualTo(MIDDLE);
        assertThat(intend(world, LEFT, id, new Letter("a", 1))).isTrue();
        world.tick(1);
        assertThat(deliveries).isEmpty(); // sent in this tick, carried out in the next
        world.tick(1);
        assertThat(deliveries).containsExactly(new Delivery("test/1,0#0", world.lastTick(), id, "a", 1));
    }

    @Test
    void doesNotLoseMailOfTheVeryTickInWhichItsTargetIsHandedOver() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(RIGHT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 500, 0, 0, 0)));
        assertThat(intend(world, RIGHT, id[0], new Letter("a", 1))).isTrue();
        world.tick(1); // the middle cell has ticked already: it takes the entity in with the next tick
        assertThat(intend(world, RIGHT, id[0], new Letter("a", 2))).isTrue();
        world.tick(3);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(1L, 2L);
        assertThat(world.entity(id[0]).get(Mail.Postbox.class).letterCount()).isEqualTo(2);
    }

    @Test
    void passesMailOnFromCellToCell() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 2000);
        for (int i = 0; i < 4; i++) {
            world.tick(1);
            assertThat(intend(world, LEFT, id, new Letter("a", i))).isTrue();
        }
        world.tick(4);
        assertThat(world.entity(id).cell().region()).isEqualTo(RIGHT);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(0L, 1L, 2L, 3L);
        assertThat(deliveries.getLast().cell()).isEqualTo("test/2,0#0");
        assertThat(world.count("cell_intents_passed_on", "")).isPositive();
    }

    @Test
    void keepsOrderWhileTheTargetTakesNothing() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        world.tick(1);
        world.deafen(MIDDLE, true);
        for (int i = 0; i < 20; i++) {
            assertThat(intend(world, LEFT, id, new Letter("a", i))).isTrue();
            world.tick(1);
        }
        assertThat(deliveries).isEmpty();
        world.deafen(MIDDLE, false);
        assertThat(intend(world, LEFT, id, new Letter("a", 20))).isTrue();
        world.tick(2);
        assertThat(deliveries)
                .extracting(Delivery::number)
                .containsExactlyElementsOf(LongStream.range(0, 21).boxed().toList());
    }

    @Test
    void refusesToTheCallerWhenTheWayIsFull() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        world.tick(1);
        world.deafen(MIDDLE, true);
        for (int i = 0; i < 4096; i++) {
            assertThat(intend(world, LEFT, id, new Letter("a", i))).isTrue();
        }
        assertThat(intend(world, LEFT, id, new Letter("a", -1))).isFalse();
        assertThat(world.count("cell_intents_refused", "refuse")).isEqualTo(1);
        world.deafen(MIDDLE, false);
        world.tick(2);
        assertThat(deliveries).hasSize(4096).noneMatch(each -> each.number() == -1);
    }

    @Test
    void takesEachNumberOfASourceOnce() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0)));
        CellId left = new CellId(TEST, LEFT, 0);
        world.offer(left, batch(MIDDLE, 50, 2, letter(id[0], 2), letter(id[0], 3)));
        world.offer(left, batch(MIDDLE, 50, 1, letter(id[0], 1)));
        world.tick(1);
        world.offer(left, batch(MIDDLE, 50, 3, letter(id[0], 3), letter(id[0], 4)));
        world.tick(1);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(1L, 2L, 3L, 4L);

        world.offer(left, batch(MIDDLE, 51, 1, letter(id[0], 5)));
        world.tick(1);
        world.offer(left, batch(MIDDLE, 50, 5, letter(id[0], -1)));
        world.tick(1);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(world.count("cell_intents_dropped", "duplicate")).isEqualTo(2);
    }

    @Test
    void takesCellsInOrderWhicheverMessageWasFaster() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0)));
        CellId left = new CellId(TEST, LEFT, 0);
        world.offer(left, batch(RIGHT, 50, 1, letter(id[0], 3)));
        world.offer(left, batch(MIDDLE, 50, 1, letter(id[0], 2)));
        intend(world, LEFT, id[0], new Letter("a", 4));
        world.tick(1);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(2L, 3L, 4L);
    }

    @Test
    void remembersThroughARestartWhatWasTaken() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0)));
        CellId left = new CellId(TEST, LEFT, 0);
        world.offer(left, batch(MIDDLE, 50, 1, letter(id[0], 1), letter(id[0], 2)));
        world.tick(1);
        world.checkpoint(LEFT);
        world.tick(2);
        long before = world.cell(LEFT).stateHash();
        assertThat(before).isNotZero();
        restart(world, LEFT);
        world.offer(left, batch(MIDDLE, 50, 2, letter(id[0], 2), letter(id[0], 3)));
        world.tick(1);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void countsAnewUnderANewEpoch() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        world.tick(1);
        intend(world, LEFT, id, new Letter("a", 1));
        world.tick(2);
        restart(world, LEFT);
        long late = leaver(world, 0);
        world.tick(1);
        assertThat(intend(world, LEFT, late, new Letter("a", 2))).isTrue();
        world.tick(2);
        assertThat(deliveries).extracting(Delivery::number).containsExactly(1L, 2L);
    }

    private static void restart(HandCrankedWorld world, RegionId region) {
        CellSpec spec = world.crash(region);
        do {
            world.tick(1);
        } while (!world.restart(spec));
    }

    @Test
    void dropsMailForTheDead() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        world.tick(1);
        world.visit(MIDDLE, cell -> cell.despawn(cell.find(id)));
        assertThat(intend(world, LEFT, id, new Letter("a", 1))).isTrue();
        world.tick(3);
        assertThat(deliveries).isEmpty();
        assertThat(world.count("cell_intents_dropped", "target_gone")).isEqualTo(1);
    }

    @Test
    void carriesOutInTheNextTickWhatAHandlerIntends() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0)));
        intend(world, LEFT, id[0], new Mail.Echo(3));
        long first = world.lastTick() + 1;
        world.tick(10);
        assertThat(deliveries).extracting(Delivery::tick).containsExactly(first, first + 1, first + 2, first + 3);
    }

    @Test
    void takesNoMoreThanItsLimitInATick() {
        HandCrankedWorld world = world(STRIP);
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(Mail.spawn(cell, 10, 0, 0, 0)));
        CellId left = new CellId(TEST, LEFT, 0);
        Intent[] many = new Intent[40_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = letter(id[0], i);
        }
        world.offer(left, batch(MIDDLE, 50, 1, many));
        world.offer(left, batch(RIGHT, 50, 1, many));
        world.tick(1);
        assertThat(deliveries).hasSize(65_536);
        world.tick(1);
        assertThat(deliveries).hasSize(80_000);
        assertThat(deliveries.getLast().number()).isEqualTo(39_999);
    }

    @Test
    void reachesEachRegionThatACircleTouchesOnce() {
        HandCrankedWorld world = world(new HexPartition(3, 3, 150));
        Partition hexes = new HexPartition(3, 3, 150);
        RegionId home = new RegionId(1, 1);
        // The upper corner of the middle hexagon, where three meet.
        double x = hexes.originX(home);
        double y = hexes.originY(home) + 149;
        world.visit(
                home,
                cell -> assertThat(cell.intendAround(cell.localX(x), cell.localY(y), 20, new Mail.Shout(1)))
                        .isTrue());
        world.tick(3);
        assertThat(deliveries)
                .extracting(Delivery::cell)
                .containsExactlyInAnyOrder("test/1,1#0", "test/0,2#0", "test/1,2#0");
        deliveries.clear();
        world.visit(home, cell -> cell.intendAround(0, 0, 20, new Mail.Shout(2)));
        world.tick(3);
        assertThat(deliveries).extracting(Delivery::cell).containsExactly("test/1,1#0");
    }

    @Test
    void reachesRegionsBehindTheNeighbours() {
        HandCrankedWorld world = world(STRIP);
        world.visit(LEFT, cell -> cell.intendAround(100, 0, 300, new Mail.Shout(1)));
        world.tick(3);
        assertThat(deliveries)
                .extracting(Delivery::cell)
                .containsExactlyInAnyOrder("test/0,0#0", "test/1,0#0", "test/2,0#0");
    }

    @Test
    void saysWhatIsMissingWhenAnIntentIsNotListed() {
        HandCrankedWorld world = world(STRIP);
        long id = leaver(world, 0);
        assertThatThrownBy(() -> intend(world, LEFT, id, new Velocity(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Velocity is listed by no plugin")
                .hasMessageContaining("WorldPlugin.intents()");
        assertThatThrownBy(() -> intend(world, LEFT, id, new Mail.Shout(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugin mail lists the intent Shout")
                .hasMessageContaining("onIntent");
    }
}
