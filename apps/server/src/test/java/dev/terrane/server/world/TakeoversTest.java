package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.server.plugins.PluginSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that takes cells over; the test decides when a copy is handed over, and what the map says meanwhile. */
class TakeoversTest {
    private static final WorldId WORLD = new WorldId("test");
    private static final NodeId SELF = new NodeId("a");
    private static final CellId WEST = new CellId(WORLD, new RegionId(0, 0), 0);
    private static final CellId EAST = new CellId(WORLD, new RegionId(1, 0), 0);

    private final WorldRig rig = new WorldRig();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final WorldSetup setup =
            rig.setup(2, new PluginSource("hooked", this::fresh, Map.of()), WorldRig.workers(1));
    private final Raised raised = new Raised();
    private final Copies copies = new Copies();
    private final Seats seats = new Seats();
    private final Takeovers takeovers = new Takeovers(
            setup,
            new ClusterWorld.Surroundings(
                    SELF,
                    (_, _, _) -> Admission.UNKNOWN,
                    new Directory(),
                    AvatarBook.NONE,
                    raised,
                    new NoLog(),
                    copies),
            new CellMaker(
                    setup,
                    _ -> new CellPorts(
                            (_, _, _) -> Admission.UNKNOWN,
                            (_, _) -> true,
                            CellListener.none(),
                            Meters.none(),
                            () -> 0),
                    (_, _, waiter) -> waiter.durable()),
            seats);

    private Hooked fresh() {
        if (broken.get()) {
            throw new IllegalStateException("broken on purpose");
        }
        return new Hooked(3, _ -> {});
    }

    private static final class Raised implements FenceStore {
        final LinkedBlockingQueue<List<CellGrant>> statements = new LinkedBlockingQueue<>();

        /** Statements with this cell fail so often. */
        final Map<CellId, AtomicInteger> failures = new ConcurrentHashMap<>();

        @Override
        public void raise(List<CellGrant> grants) {
            for (CellGrant grant : grants) {
                AtomicInteger left = failures.get(grant.cell());
                if (left != null && left.getAndDecrement() > 0) {
                    throw new IllegalStateException("failed on purpose");
                }
            }
            statements.add(grants);
        }

        @Override
        public List<CellGrant> all(WorldId world) {
            return List.of();
        }
    }

    /** Keeps who wants copies. */
    private static final class Copies implements ClusterWorld.Standbys {
        private @Nullable BiConsumer<CellId, @Nullable CellReplay> taker;

        @Override
        public CellPorts gated(CellPorts real) {
            return real;
        }

        @Override
        public void promote(Collection<CellId> cells, BiConsumer<CellId, @Nullable CellReplay> wanted) {
            taker = wanted;
        }

        void handOver(CellId cell, @Nullable CellReplay twin) {
            Objects.requireNonNull(taker).accept(cell, twin);
        }

        @Override
        public void whenFollowed(CellId cell, long epoch, Runnable then) {}

        @Override
        public void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken) {}
    }

    private static final class Seats implements Takeovers.Seating {
        final Set<CellId> seated = ConcurrentHashMap.newKeySet();
        final Set<CellEpoch> renewed = ConcurrentHashMap.newKeySet();
        volatile boolean refuses;
        volatile long newest = 2;

        @Override
        public boolean seat(Cell cell, EarlyTicks watch) {
            return !refuses && seated.add(cell.id());
        }

        @Override
        public void renew(CellId cell, long epoch) {
            renewed.add(new CellEpoch(cell, epoch));
        }

        @Override
        public long epoch(CellId cell) {
            return newest;
        }
    }

    private static final class NoLog implements ClusterWorld.Log {
        @Override
        public void renew(CellId cell, long epoch) {}

        @Override
        public void finishMove(CellId cell, long epoch) {}

        @Override
        public void callOff(CellId cell, long epoch) {}

        @Override
        public void release(CellId cell, long epoch) {}
    }

    private static CellGrant second(CellId cell) {
        return new CellGrant(cell, SELF, 2, 7);
    }

    /** All copies are whole, and become cells one after the other. */
    private void takeOver(CellId... cells) {
        List<CellReplay> twins =
                Stream.of(cells).map(cell -> Twins.of(setup, cell)).toList();
        takeovers.take(Stream.of(cells).map(TakeoversTest::second).toList());
        for (int i = 0; i < cells.length; i++) {
            copies.handOver(cells[i], twins.get(i));
        }
    }

    private List<CellId> raised() throws InterruptedException {
        List<CellGrant> statement = raised.statements.poll(30, TimeUnit.SECONDS);
        return statement == null
                ? List.of()
                : statement.stream().map(CellGrant::cell).toList();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aCellStaysWithoutWhatLastsUntilItsFenceIsRaised() throws InterruptedException {
        takeOver(WEST);
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 2))).isFalse();
        assertThat(raised()).containsExactly(WEST);
        assertThat(WorldRig.comesTrue(() -> takeovers.isFenced(new CellEpoch(WEST, 2))))
                .isTrue();
    }

    @Test
    void aLaterLifeMayKeepThingsAlthoughAFormerOneFoundNoSeat() {
        seats.refuses = true;
        takeOver(WEST);
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 2))).as("void").isFalse();
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 3)))
                .as("its next life")
                .isTrue();
    }

    @Test
    void aLaterLifeMayKeepThingsAlthoughAFormerOneWasOverBeforeItsFence() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        CellReplay east = Twins.of(setup, EAST);
        takeovers.take(List.of(second(WEST)));
        copies.handOver(WEST, west);
        seats.newest = 3;
        takeovers.take(List.of(new CellGrant(EAST, SELF, 3, 8)));
        copies.handOver(EAST, east);
        assertThat(raised()).as("the former life of the west is over").containsExactly(EAST);
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 2))).as("void").isFalse();
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 3)))
                .as("its next life")
                .isTrue();
    }

    @Test
    void aCellThatHasASuccessorIsNotBlamedForWhatThatHasStored() throws Exception {
        rig.stores.save(new Checkpoint(WEST, 3, 1_000_000, 1, 1, 1, new byte[0]));
        takeOver(WEST, EAST);
        assertThat(raised()).contains(WEST);
        assertThat(WorldRig.comesTrue(() -> takeovers.isFenced(new CellEpoch(EAST, 2))))
                .isTrue();
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 2)))
                .as("told that it may keep things")
                .isFalse();
        assertThat(seats.renewed).isEmpty();
    }

    @Test
    void aCopyThatCannotBecomeTheCellStartsFromItsCheckpointAndKeepsNobodyWaiting() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        CellReplay east = Twins.of(setup, EAST);
        takeovers.take(List.of(second(WEST), second(EAST)));
        broken.set(true);
        copies.handOver(WEST, west);
        broken.set(false);
        copies.handOver(EAST, east);
        assertThat(seats.renewed).containsExactly(new CellEpoch(WEST, 2));
        assertThat(seats.seated).containsExactly(EAST);
        assertThat(raised()).containsExactly(EAST);
        assertThat(takeovers.isFenced(new CellEpoch(WEST, 3)))
                .as("what starts instead")
                .isTrue();
    }

    @Test
    void aFenceThatFailsIsCountedAndTriedAgainAndKeepsNoOtherCellWaiting() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        CellReplay east = Twins.of(setup, EAST);
        raised.failures.put(WEST, new AtomicInteger(3));
        takeovers.take(List.of(second(WEST), second(EAST)));
        copies.handOver(WEST, west);
        copies.handOver(EAST, east);
        assertThat(raised()).containsExactly(EAST);
        assertThat(raised()).containsExactly(WEST);
        assertThat(fenced(WEST)).isTrue();
        assertThat(fenced(EAST)).isTrue();
        assertThat(failureCount()).isEqualTo(3);
        assertThat(seats.renewed).isEmpty();
    }

    @Test
    void aCellThatCannotBeToldIsToldLaterAndKeepsNoOtherWaiting() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        CellReplay east = Twins.of(setup, EAST);
        rig.stores.failLatest(WEST, 2);
        takeovers.take(List.of(second(WEST), second(EAST)));
        copies.handOver(WEST, west);
        copies.handOver(EAST, east);
        assertThat(fenced(EAST)).isTrue();
        assertThat(fenced(WEST)).isTrue();
        assertThat(failureCount()).isEqualTo(2);
    }

    @Test
    void aFenceThatFailsIsNotTriedAgainWhenTheCellHasAnotherLife() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        raised.failures.put(WEST, left);
        takeovers.take(List.of(second(WEST)));
        copies.handOver(WEST, west);
        assertThat(WorldRig.comesTrue(() -> failureCount() >= 2)).isTrue();
        seats.newest = 3;
        left.set(0);
        CellReplay east = Twins.of(setup, EAST);
        takeovers.take(List.of(new CellGrant(EAST, SELF, 3, 8)));
        copies.handOver(EAST, east);
        assertThat(raised()).containsExactly(EAST);
        assertThat(raised.statements.poll(2, TimeUnit.SECONDS))
                .as("of the former life")
                .isNull();
    }

    private boolean fenced(CellId cell) {
        return WorldRig.comesTrue(() -> takeovers.isFenced(new CellEpoch(cell, 2)));
    }

    private long failureCount() {
        return rig.counts.of("takeover_fence_failures");
    }

    @Test
    void cellsThatPlayAreFencedWithoutWaitingForTheSlowestCopy() throws InterruptedException {
        CellReplay west = Twins.of(setup, WEST);
        CellReplay east = Twins.of(setup, EAST);
        takeovers.take(List.of(second(WEST), second(EAST)));
        copies.handOver(WEST, west);
        assertThat(raised()).containsExactly(WEST);
        copies.handOver(EAST, east);
        assertThat(raised()).containsExactly(EAST);
    }
}
