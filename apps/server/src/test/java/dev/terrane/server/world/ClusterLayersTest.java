package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
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
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.directory.Directory;
import dev.terrane.placement.LadderRules;
import dev.terrane.protocol.cluster.Admission;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one store share a region, steered by maps of a real state. */
class ClusterLayersTest {
    private static final long TERM = 1;
    private static final int ENTITIES = 60;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final WorldId WORLD = new WorldId("test");
    private static final RegionId REGION = new RegionId(0, 0);
    private static final CellId FIRST = new CellId(WORLD, REGION, 0);
    private static final CellId SECOND = new CellId(WORLD, REGION, 1);
    private static final CellId NEIGHBOUR = new CellId(WORLD, new RegionId(1, 0), 0);

    private final WorldRig rig = new WorldRig();
    private final CoordinatorState state = new CoordinatorState();
    private final Map<NodeId, ClusterWorld> worlds = new HashMap<>();
    private final LinkedBlockingQueue<Command> asked = new LinkedBlockingQueue<>();

    @BeforeEach
    void begin() {
        open(A);
        open(B);
        apply(new Command.AssignCells(A, List.of(FIRST)));
        apply(new Command.AssignCells(B, List.of(NEIGHBOUR)));
        assertThat(comes(() -> entities(A, FIRST) == ENTITIES && entities(B, NEIGHBOUR) == ENTITIES))
                .isTrue();
    }

    @AfterEach
    void close() {
        worlds.values().forEach(ClusterWorld::close);
        rig.close();
    }

    @Test
    void dividesARegionOverTwoNodesMergesItAndWakesTheLayerElsewhere() throws InterruptedException {
        split();
        put(RegionLayers.ONE.with(1));
        put(RegionLayers.ONE.with(1).ordered(new RegionLayers.Merge(8, 1, 0)));
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(new Command.ReleaseCell(SECOND, 1));
        assertThat(entities(A, FIRST)).isEqualTo(ENTITIES);
        apply(new Command.ReleaseCell(SECOND, 1));
        put(RegionLayers.ONE);
        assertThat(world(B).cellReadings()).extracting(CellReading::cell).containsExactly(NEIGHBOUR);

        put(RegionLayers.ONE.with(1));
        apply(new Command.AssignCells(A, List.of(SECOND)));
        assertThat(comes(() -> entities(A, SECOND) == 0))
                .as("it runs, and nobody is there")
                .isTrue();
        divide(9, 1);
        assertThat(comes(() -> entities(A, SECOND) == ENTITIES / 2 && entities(A, FIRST) == ENTITIES / 2))
                .isTrue();
    }

    @Test
    void leavesALayerOfALostNodeToWhoeverIsGivenIt() {
        split();
        assertThat(comes(() -> stored(SECOND) && stored(FIRST))).isTrue();
        apply(new Command.NodeLost(B, 1));
        apply(new Command.AssignCells(A, List.of(SECOND, NEIGHBOUR)));
        assertThat(comes(() -> entities(A, SECOND) == ENTITIES / 2 && entities(A, NEIGHBOUR) == ENTITIES))
                .isTrue();
        assertThat(entities(A, FIRST)).isEqualTo(ENTITIES / 2);
    }

    @Test
    void startsACellAgainWhileALayerRests() {
        split();
        put(RegionLayers.ONE.with(1).ordered(new RegionLayers.Merge(8, 1, 0)));
        assertThat(comes(() -> asked.contains(new Command.ReleaseCell(SECOND, 1))))
                .isTrue();
        apply(new Command.ReleaseCell(SECOND, 1));
        put(RegionLayers.ONE);
        apply(new Command.RenewCell(NEIGHBOUR, 1));
        assertThat(comes(() -> entities(B, NEIGHBOUR) == ENTITIES && epoch(B, NEIGHBOUR) == 2))
                .isTrue();
    }

    @Test
    void doesNotDivideACellThatHasStartedAgainSince() {
        put(RegionLayers.ONE.with(1));
        apply(new Command.AssignCells(B, List.of(SECOND)));
        assertThat(comes(() -> entities(B, SECOND) == 0)).isTrue();
        divide(7, 99);
        assertThat(comes(() -> orderDone(A, FIRST) == 7)).isTrue();
        assertThat(entities(A, FIRST)).isEqualTo(ENTITIES);
    }

    private void split() {
        put(RegionLayers.ONE.with(1));
        apply(new Command.AssignCells(B, List.of(SECOND)));
        assertThat(comes(() -> entities(B, SECOND) == 0)).as("it runs").isTrue();
        divide(7, 1);
        assertThat(comes(() -> orderDone(A, FIRST) == 7)).isTrue();
        assertThat(comes(() -> entities(B, SECOND) == ENTITIES / 2)).isTrue();
        assertThat(entities(A, FIRST)).isEqualTo(ENTITIES / 2);
    }

    private void divide(long number, long epoch) {
        put(RegionLayers.ONE.with(1).entering(1).ordered(new RegionLayers.Divide(number, 0, epoch, 1, 0.5f)));
    }

    private ClusterWorld world(NodeId node) {
        return Objects.requireNonNull(worlds.get(node));
    }

    private void open(NodeId node) {
        WorldSetup setup =
                rig.setup(2, ENTITIES, new WorldSetup.Pace(1, 1, WorldRig.NO_CROWDS, LadderRules.OFF), _ -> {});
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
    }

    private void put(RegionLayers layers) {
        apply(new Command.PutValue(RegionLayers.key(WORLD, REGION), Command.PutValue.ANY, layers.toBytes()));
    }

    private void apply(Command command) {
        assertThat(state.apply(TERM, Entry.of(TERM, command))).isNotInstanceOf(Outcome.Refused.class);
        ClusterMap map = ClusterMap.of(state);
        worlds.values().forEach(world -> world.follow(map));
    }

    private boolean comes(BooleanSupplier what) {
        return WorldRig.comesTrue(() -> {
            worlds.values().forEach(ClusterWorld::remind);
            return what.getAsBoolean();
        });
    }

    private @Nullable CrowdReading reading(NodeId node, CellId cell) {
        return world(node).crowdReadings().stream()
                .filter(each -> each.load().cell().equals(cell) && each.epoch() == state.epoch(cell))
                .findFirst()
                .orElse(null);
    }

    private int entities(NodeId node, CellId cell) {
        CrowdReading reading = reading(node, cell);
        return reading == null ? -1 : reading.load().entities();
    }

    private long epoch(NodeId node, CellId cell) {
        CrowdReading reading = reading(node, cell);
        return reading == null ? -1 : reading.epoch();
    }

    private long orderDone(NodeId node, CellId cell) {
        CrowdReading reading = reading(node, cell);
        return reading == null ? -1 : reading.orderDone();
    }

    private boolean stored(CellId cell) {
        return rig.stores
                .latest(cell)
                .map(CellMaker::image)
                .filter(image -> image.epoch() == state.epoch(cell))
                .isPresent();
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

    private static final class NoStandbys implements ClusterWorld.Standbys {
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
            then.run();
        }
    }
}
