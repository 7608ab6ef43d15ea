package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.directory.Directory;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one store, steered by maps of a real state, without links. */
class ClusterWorldTest {
    private static final long TERM = 1;
    private static final int ENTITIES = 10;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final WorldId WORLD = new WorldId("test");

    private final WorldRig rig = new WorldRig();
    private final CoordinatorState state = new CoordinatorState();
    private final Map<NodeId, ClusterWorld> worlds = new HashMap<>();
    private final LinkedBlockingQueue<Command> asked = new LinkedBlockingQueue<>();
    private final AtomicBoolean throwing = new AtomicBoolean();
    private volatile Way way = Way.WHOLE;

    /** What becomes of a cell's last tick on its way to the standby. */
    private enum Way {
        WHOLE,
        BROKEN,
        SILENT
    }

    private ClusterWorld world(NodeId node) {
        return Objects.requireNonNull(worlds.get(node));
    }

    private static CellId cell(int region) {
        return new CellId(WORLD, new RegionId(region, 0), 0);
    }

    private ClusterWorld open(NodeId node) {
        WorldSetup setup = rig.setup(4, ENTITIES, WorldRig.workers(1), cell -> {
            if (throwing.compareAndSet(true, false)) {
                throw new IllegalStateException("thrown on purpose");
            }
        });
        ClusterWorld world = ClusterWorld.open(
                setup,
                new ClusterWorld.Surroundings(
                        node,
                        (to, epoch, message) -> {
                            NodeId owner = state.tenure(to).owner();
                            ClusterWorld other = owner == null || owner.equals(node) ? null : worlds.get(owner);
                            return other == null
                                    ? Admission.SEALED
                                    : other.cells().offer(to, epoch, message);
                        },
                        new Directory(),
                        AvatarBook.NONE,
                        rig.stores,
                        new AskedLog(),
                        new NoStandbys()),
                new ClusterWorld.Beginning(0, System.currentTimeMillis()));
        worlds.put(node, world);
        apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "v")));
        return world;
    }

    private final class AskedLog implements ClusterWorld.Log {
        @Override
        public void renew(CellId cell, long epoch) {
            asked.add(new Command.RenewCell(cell, epoch));
        }

        @Override
        public void finishMove(CellId cell, long epoch) {
            asked.add(new Command.FinishMove(cell, epoch));
        }

        @Override
        public void callOff(CellId cell, long epoch) {
            asked.add(new Command.AbortMove(cell, epoch));
        }

        @Override
        public void release(CellId cell, long epoch) {
            asked.add(new Command.ReleaseCell(cell, epoch));
        }
    }

    private final class NoStandbys implements ClusterWorld.Standbys {
        @Override
        public CellPorts gated(CellPorts real) {
            return real;
        }

        @Override
        public void promote(Collection<CellId> cells, BiConsumer<CellId, @Nullable CellReplay> taker) {
            cells.forEach(cell -> taker.accept(cell, null));
        }

        @Override
        public void whenFollowed(CellId cell, long epoch, Runnable then) {
            then.run();
        }

        @Override
        public void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken) {
            switch (way) {
                case WHOLE -> then.run();
                case BROKEN -> broken.run();
                case SILENT -> {}
            }
        }
    }

    private void apply(Command command) {
        assertThat(state.apply(TERM, Entry.of(TERM, command))).isNotInstanceOf(Outcome.Refused.class);
        tell();
    }

    private void tell() {
        ClusterMap map = ClusterMap.of(state);
        worlds.values().forEach(world -> world.follow(map));
    }

    private boolean ticks(NodeId node, int... regions) {
        List<CellId> wanted = new ArrayList<>();
        for (int region : regions) {
            wanted.add(cell(region));
        }
        return WorldRig.comesTrue(() -> {
            world(node).remind();
            List<CellReading> readings = world(node).cellReadings();
            return readings.stream().map(CellReading::cell).toList().equals(wanted)
                    && readings.stream().allMatch(reading -> reading.lastTick() > 0 && reading.entities() == ENTITIES);
        });
    }

    @AfterEach
    void close() {
        worlds.values().forEach(ClusterWorld::close);
        rig.close();
    }

    @Test
    void eachNodeSimulatesTheCellsThatTheMapGivesIt() {
        open(A);
        open(B);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1))));
        apply(new Command.AssignCells(B, List.of(cell(2), cell(3))));
        assertThat(ticks(A, 0, 1)).isTrue();
        assertThat(ticks(B, 2, 3)).isTrue();
    }

    @Test
    void whatALostNodeHadStartsElsewhereFromItsCheckpointsAndTheLostOneGivesItUp() {
        open(A);
        open(B);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1))));
        apply(new Command.AssignCells(B, List.of(cell(2), cell(3))));
        assertThat(ticks(A, 0, 1) && ticks(B, 2, 3)).isTrue();
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(cell(0), cell(1))));
        assertThat(ticks(B, 0, 1, 2, 3)).isTrue();
        assertThat(world(A).cellReadings()).isEmpty();
        assertThat(world(A).cells().offer(cell(0), CellPort.ANY_EPOCH, new CellInput.Leave(1, false)))
                .isEqualTo(Admission.UNKNOWN);
    }

    @Test
    void aCellThatThrowsStartsAgainUnderANewEpochFromTheLog() throws InterruptedException {
        open(A);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1), cell(2), cell(3))));
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        throwing.set(true);
        Command renewal = asked.poll(30, TimeUnit.SECONDS);
        assertThat(renewal).isInstanceOf(Command.RenewCell.class);
        apply(renewal);
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        CellId failed = ((Command.RenewCell) renewal).cell();
        assertThat(state.epoch(failed)).isEqualTo(2);
    }

    @Test
    void aCellWhoseCopyIsNotWholeAsksToStartFromItsCheckpoint() throws InterruptedException {
        open(A);
        open(B);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1), cell(2), cell(3))));
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        apply(new Command.SetStandby(cell(0), 1, B));
        apply(new Command.StandbyReady(cell(0), 1, B, state.tenure(cell(0)).standbyEntry()));
        apply(new Command.NodeLost(A, 1));
        Command renewal = asked.poll(30, TimeUnit.SECONDS);
        assertThat(renewal).isEqualTo(new Command.RenewCell(cell(0), 2));
        apply(renewal);
        apply(new Command.AssignCells(B, List.of(cell(1), cell(2), cell(3))));
        assertThat(ticks(B, 0, 1, 2, 3)).isTrue();
    }

    @Test
    void nothingTicksWithoutALease() {
        open(A);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1), cell(2), cell(3))));
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        world(A).mayTick(false);
        long before = settledTick();
        assertThat(settledTick()).isEqualTo(before);
        world(A).mayTick(true);
        assertThat(WorldRig.comesTrue(() -> lastTick() > before)).isTrue();
    }

    private long lastTick() {
        return world(A).cellReadings().stream()
                .mapToLong(CellReading::lastTick)
                .max()
                .orElse(-1);
    }

    /** After a round that may have been underway. */
    private long settledTick() {
        long[] last = {-1};
        long[] since = {System.nanoTime()};
        WorldRig.comesTrue(() -> {
            long now = lastTick();
            if (now != last[0]) {
                last[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > TimeUnit.MILLISECONDS.toNanos(200);
        });
        return last[0];
    }

    @Test
    void cellsTickSlowerFromTheTickThatTheMapNames() {
        open(A);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1), cell(2), cell(3))));
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        long fromTick = lastTick() + 10;
        WorldPace tenth = WorldPace.normal(0).then(fromTick, new Posture(Rung.DILATION, 0.1), 20);
        apply(new Command.PutValue(WorldPace.key(WORLD), 0, tenth.toBytes()));
        assertThat(WorldRig.comesTrue(() -> lastTick() >= fromTick)).isTrue();
        long began = System.nanoTime();
        assertThat(WorldRig.comesTrue(() -> lastTick() >= fromTick + 2)).isTrue();
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(600));
    }

    /** @return as it stands still */
    private CellReading freeze() throws InterruptedException {
        open(A);
        open(B);
        apply(new Command.AssignCells(A, List.of(cell(0), cell(1), cell(2), cell(3))));
        assertThat(ticks(A, 0, 1, 2, 3)).isTrue();
        apply(new Command.SetStandby(cell(0), 1, B));
        apply(new Command.StandbyReady(cell(0), 1, B, state.tenure(cell(0)).standbyEntry()));
        apply(new Command.BeginMove(cell(0), 1, B));
        assertThat(WorldRig.comesTrue(
                        () -> world(A).cells().offer(cell(0), 1, new CellInput.Leave(1, false)) == Admission.SEALED))
                .isTrue();
        return world(A).cellReadings().getFirst();
    }

    private void thaws(CellReading frozen) {
        assertThat(WorldRig.comesTrue(() -> world(A).cellReadings().getFirst().lastTick() > frozen.lastTick()))
                .isTrue();
    }

    @Test
    void aCellThatMovesFreezesAndProposesItsEnd() throws InterruptedException {
        CellReading frozen = freeze();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Command.FinishMove(cell(0), 1));
        apply(new Command.AbortMove(cell(0), 1));
        thaws(frozen);
    }

    @Test
    void theEndOfAMoveIsProposedAgainWhenTheLeaderThatHeardOfItIsLost() throws InterruptedException {
        freeze();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Command.FinishMove(cell(0), 1));
        assertThat(asked.poll(30, TimeUnit.SECONDS)).as("again").isEqualTo(new Command.FinishMove(cell(0), 1));
        apply(new Command.FinishMove(cell(0), 1));
        assertThat(WorldRig.comesTrue(() -> world(A).cellReadings().size() == 3))
                .isTrue();
    }

    @Test
    void aMoveWhoseStreamBreaksAfterTheFreezeIsCalledOffAtOnceAndNothingThatCameMeanwhileIsLost()
            throws InterruptedException {
        way = Way.BROKEN;
        CellReading frozen = freeze();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Command.AbortMove(cell(0), 1));
        CellInput join = new CellInput.Join(11, 0, new CharacterId(new UUID(1, 2)), 1, "ann", 10, 10);
        assertThat(world(A).deliver(cell(0), CellPort.ANY_EPOCH, join)).isEqualTo(Admission.ACCEPTED);
        apply(new Command.AbortMove(cell(0), 1));
        thaws(frozen);
        assertThat(WorldRig.comesTrue(() -> world(A).cellReadings().getFirst().avatars() == 1))
                .isTrue();
        assertThat(state.epoch(cell(0))).isEqualTo(1);
    }

    @Test
    void aMoveOfWhichNothingIsHeardAfterTheFreezeIsCalledOff() throws InterruptedException {
        way = Way.SILENT;
        CellReading frozen = freeze();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Command.AbortMove(cell(0), 1));
        apply(new Command.AbortMove(cell(0), 1));
        thaws(frozen);
        asked.clear();
        assertThat(asked.poll(2 * Departures.AGAIN_MILLIS, TimeUnit.MILLISECONDS))
                .as("nobody asks for what is over")
                .isNull();
    }
}
