package dev.terrane.placement.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.placement.cluster.ClusterDecision.Assignment;
import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster that does what it is told, look by look. Loads are small numbers: a node can do 1000 unless it says otherwise. */
final class TestCluster {
    static final long CAPACITY = 1000;

    private static final WorldId WORLD = new WorldId("test");
    private static final int TICK_RATE = 10;

    final Map<NodeId, ClusterNode> nodes = new TreeMap<>();
    final Map<CellId, ClusterCell> cells = new TreeMap<>();
    final List<Border> borders = new ArrayList<>();
    boolean isFrozen;
    long step = 1000;

    static NodeId id(String node) {
        return new NodeId(node);
    }

    static CellId cellId(int region) {
        return cellId(region, 0);
    }

    static CellId cellId(int region, int layer) {
        return new CellId(WORLD, new RegionId(region, 0), layer);
    }

    static CellDemand demand(long nanos) {
        return new CellDemand(TICK_RATE, nanos - nanos / 3, nanos / 3, 7);
    }

    TestCluster node(String name) {
        return node(name, CAPACITY, "");
    }

    TestCluster node(String name, long capacity, String domain) {
        nodes.put(id(name), new ClusterNode(id(name), capacity, false, 0, domain));
        return this;
    }

    TestCluster drain(String name) {
        nodes.computeIfPresent(
                id(name),
                (id, node) -> new ClusterNode(id, node.capacityNanos(), true, node.sinceStep(), node.domain()));
        return this;
    }

    /** Without owner. */
    TestCluster cell(int region, long need) {
        return put(cellId(region), demand(need), Home.NONE);
    }

    TestCluster cell(int region, long need, String owner) {
        return put(cellId(region), demand(need), new Home(id(owner), null, false, false, 0));
    }

    /** With a whole copy. */
    TestCluster cell(int region, long need, String owner, String standby) {
        return put(cellId(region), demand(need), new Home(id(owner), id(standby), true, false, 0));
    }

    TestCluster put(CellId cell, CellDemand demand, Home home) {
        cells.put(cell, new ClusterCell(cell, home, demand, null, List.of()));
        return this;
    }

    TestCluster pin(int region, String node) {
        cells.computeIfPresent(
                cellId(region),
                (id, cell) -> new ClusterCell(id, cell.home(), cell.demand(), id(node), cell.givenUp()));
        return this;
    }

    /** These nodes did not follow the cell, the last one last. */
    TestCluster givenUp(CellId cell, NodeId... by) {
        cells.computeIfPresent(
                cell, (id, old) -> new ClusterCell(id, old.home(), old.demand(), old.pin(), List.of(by)));
        return this;
    }

    /** Each region borders on the next. */
    TestCluster row(int from, int to) {
        for (int region = from; region < to; region++) {
            border(region, region + 1);
        }
        return this;
    }

    TestCluster border(int one, int other) {
        borders.add(new Border(cellId(one), cellId(other)));
        return this;
    }

    ClusterView view() {
        return new ClusterView(
                step, new ArrayList<>(nodes.values()), new ArrayList<>(cells.values()), borders, isFrozen);
    }

    ClusterCell get(CellId cell) {
        return Objects.requireNonNull(cells.get(cell));
    }

    Home home(CellId cell) {
        return get(cell).home();
    }

    boolean isDraining(@Nullable NodeId node) {
        ClusterNode found = node == null ? null : nodes.get(node);
        return found != null && found.isDraining();
    }

    @Nullable
    NodeId owner(int region) {
        return home(cellId(region)).owner();
    }

    /** Sum of what its cells need. */
    long load(NodeId node) {
        return cells.values().stream()
                .filter(cell -> node.equals(cell.home().owner()))
                .mapToLong(cell -> cell.demand().countedNanos())
                .sum();
    }

    /** A node dies: what it had is nobody's, whole copies elsewhere stay. */
    void kill(NodeId dead) {
        nodes.remove(dead);
        cells.keySet()
                .forEach(cell -> change(cell, home -> {
                    boolean keepsCopy =
                            home.standby() != null && !home.standby().equals(dead);
                    boolean orphaned = dead.equals(home.owner());
                    boolean copy = keepsCopy && (home.isReady() || !orphaned);
                    return new Home(
                            orphaned ? null : home.owner(),
                            copy ? home.standby() : null,
                            copy && home.isReady(),
                            false,
                            home.sinceStep());
                }));
    }

    TestCluster copy() {
        TestCluster twin = new TestCluster();
        twin.nodes.putAll(nodes);
        twin.cells.putAll(cells);
        twin.borders.addAll(borders);
        twin.isFrozen = isFrozen;
        twin.step = step;
        return twin;
    }

    /** Carries a decision out, as the coordinator would: what does not hold there fails here. */
    void apply(ClusterDecision decision) {
        for (Assignment assigned : decision.assignments()) {
            Home home = home(assigned.cell());
            assertThat(home.owner() == null || !nodes.containsKey(home.owner()))
                    .as("%s has no owner", assigned)
                    .isTrue();
            assertThat(nodes).containsKey(assigned.node());
            assertThat(home.isReady() && assigned.node().equals(home.standby()))
                    .as("%s from %s", assigned, home)
                    .isEqualTo(assigned.isPromotion());
            change(assigned.cell(), old -> new Home(assigned.node(), null, false, false, step));
        }
        for (StandbyChange changed : decision.standbys()) {
            assertThat(home(changed.cell()).owner())
                    .as("%s", changed)
                    .isNotNull()
                    .isNotEqualTo(changed.node());
            change(changed.cell(), old -> new Home(old.owner(), changed.node(), false, false, old.sinceStep()));
        }
        for (ClusterMove move : decision.moves()) {
            Home home = home(move.cell());
            assertThat(home.standby()).as("%s from %s", move, home).isEqualTo(move.to());
            assertThat(home.owner()).as("%s", move).isNotEqualTo(move.to());
            if (home.isReady()) {
                change(move.cell(), old -> new Home(move.to(), null, false, false, step));
            }
        }
    }

    /** Time goes on, and some copies become whole. */
    void pass(BooleanSupplier becomesReady) {
        step++;
        cells.keySet()
                .forEach(cell -> change(
                        cell,
                        home -> new Home(
                                home.owner(),
                                home.standby(),
                                home.isReady() || (home.standby() != null && becomesReady.getAsBoolean()),
                                false,
                                home.sinceStep())));
    }

    private void change(CellId cell, UnaryOperator<Home> to) {
        cells.computeIfPresent(
                cell, (id, old) -> new ClusterCell(id, to.apply(old.home()), old.demand(), old.pin(), old.givenUp()));
    }
}
