package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.AdminOverride;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import dev.terrane.placement.cluster.CellDemand;
import dev.terrane.placement.cluster.ClusterCell;
import dev.terrane.placement.cluster.ClusterDecision;
import dev.terrane.placement.cluster.ClusterNode;
import dev.terrane.placement.cluster.ClusterPlan;
import dev.terrane.placement.cluster.ClusterRules;
import dev.terrane.placement.cluster.ClusterView;
import dev.terrane.placement.cluster.Home;
import dev.terrane.steward.Seating;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Seats by the cluster's plan with what was measured: a look each second, and at once when a cell has lost or found its owner, or nodes have come, gone or are to become empty. For one leadership; one thread.
 *
 * <p>In between it says nothing new: what it has said is underway, or is said again by the next look.
 */
final class PlannedSeating implements Seating {
    static final String PIN = "pin/";
    /** Like a pin, until the cell is there. */
    static final String MOVE = "move/";

    static final String PLACEMENT = "placement";
    static final String FROZEN = "frozen";

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WorldPlan world;
    private final LoadBook loads;
    private final ClusterPlan plan = new ClusterPlan(ClusterRules.USUAL);
    private final long sinceNanos;
    private long nowNanos;
    private long lookedNanos;
    private @Nullable Asked lastAsked;
    private @Nullable ClusterDecision decision;
    /** Where each cell was, and since which look. */
    private final Map<CellId, Stay> stays = new TreeMap<>();

    private final GivenUp givenUp = new GivenUp();

    /** In which life each sim is, and since which look. */
    private final Map<NodeId, Life> lives = new TreeMap<>();

    private record Stay(NodeId owner, long sinceStep) {}

    private record Life(long number, long sinceStep) {}

    /**
     * What makes a look worth its while before the second is over.
     *
     * @param drained of the nodes
     * @param epochs of all cells together: rises when any changes hands
     */
    private record Asked(List<CellId> unowned, List<NodeId> nodes, List<NodeId> drained, long epochs) {}

    PlannedSeating(WorldPlan world, LoadBook loads, long nowNanos) {
        this.world = world;
        this.loads = loads;
        this.sinceNanos = nowNanos;
        this.nowNanos = nowNanos;
        this.lookedNanos = nowNanos - LOOK_NANOS;
    }

    /** What time it is for the looks that follow. */
    void at(long newNowNanos) {
        nowNanos = newNowNanos;
    }

    /** The last one; null: none yet. */
    @Nullable
    ClusterDecision decision() {
        return decision;
    }

    @Override
    public Seats seats(CoordinatorState state, List<CellId> unowned) {
        long step = (nowNanos - sinceNanos) / LOOK_NANOS;
        if (world.hasStandbys()) {
            givenUp.look(state, step);
        }
        List<ClusterNode> nodes = nodes(state, step);
        Asked asked = new Asked(
                unowned,
                nodes.stream().map(ClusterNode::id).toList(),
                nodes.stream()
                        .filter(ClusterNode::isDraining)
                        .map(ClusterNode::id)
                        .toList(),
                state.tenures().stream().mapToLong(Tenure::epoch).sum());
        if (nowNanos - lookedNanos < LOOK_NANOS && asked.equals(lastAsked)) {
            return Seats.NONE;
        }
        lookedNanos = nowNanos;
        lastAsked = asked;
        Map<String, String> overrides = overrides(state);
        List<ClusterCell> cells = cells(state, step, overrides);
        loads.retain(
                new HashSet<>(nodes.stream().map(ClusterNode::id).toList()),
                new HashSet<>(cells.stream().map(ClusterCell::id).toList()));
        boolean isFrozen = FROZEN.equals(overrides.get(PLACEMENT));
        ClusterDecision now = plan.plan(new ClusterView(step, nodes, cells, world.borders(), isFrozen));
        decision = now;
        boolean isWaiting =
                nodes.size() < world.simsExpected() && state.tenures().stream().noneMatch(tenure -> tenure.epoch() > 0);
        return isWaiting ? Seats.NONE : seats(state, unowned, now);
    }

    /** Moves that administrators have wished for and that are done, or cannot be done any more: their words are to be taken back. */
    List<String> movesDone(CoordinatorState state) {
        List<String> done = new ArrayList<>();
        for (AdminOverride override : state.overrides()) {
            if (override.name().startsWith(MOVE) && !isWanted(state, override)) {
                done.add(override.name());
            }
        }
        return done;
    }

    private static boolean isWanted(CoordinatorState state, AdminOverride move) {
        NodeId to = pin(move.value());
        if (to == null || state.isDraining(to) || state.slot(to) == 0) {
            return false;
        }
        try {
            return !to.equals(state.tenure(CellNames.parse(move.name().substring(MOVE.length())))
                    .owner());
        } catch (IllegalArgumentException noCell) {
            return false;
        }
    }

    private Seats seats(CoordinatorState state, List<CellId> unowned, ClusterDecision now) {
        TreeSet<CellId> wanted = new TreeSet<>(unowned);
        List<Seat> owners = new ArrayList<>();
        for (ClusterDecision.Assignment assignment : now.assignments()) {
            if (!assignment.isPromotion() && wanted.contains(assignment.cell())) {
                owners.add(new Seat(assignment.cell(), assignment.node()));
            }
        }
        List<Move> moves = new ArrayList<>();
        TreeSet<CellId> moving = new TreeSet<>();
        for (ClusterDecision.ClusterMove move : now.moves()) {
            moves.add(new Move(move.cell(), move.to()));
            moving.add(move.cell());
        }
        List<Copy> copies = new ArrayList<>();
        for (ClusterDecision.StandbyChange change :
                world.hasStandbys() ? now.standbys() : List.<ClusterDecision.StandbyChange>of()) {
            Tenure tenure = state.tenure(change.cell());
            // A cell that gets its owner by this very look gets its copy by the next one.
            if (!moving.contains(change.cell()) && tenure.phase() == Tenure.Phase.HELD) {
                copies.add(new Copy(change.cell(), change.node()));
            }
        }
        if (!world.hasStandbys()) {
            for (Tenure tenure : state.tenures()) {
                if (tenure.phase() == Tenure.Phase.HELD
                        && tenure.standby() != null
                        && !moving.contains(tenure.cell())) {
                    copies.add(new Copy(tenure.cell(), null)); // It was for a move that is not wanted any more.
                }
            }
        }
        return new Seats(owners, copies, moves);
    }

    private List<ClusterNode> nodes(CoordinatorState state, long step) {
        lives.keySet().retainAll(state.nodes().stream().map(NodeInfo::node).toList());
        List<ClusterNode> nodes = new ArrayList<>();
        for (NodeInfo info : state.nodes()) {
            if (info.does(NodeInfo.Role.SIM)) {
                Life life = lives.get(info.node());
                if (life == null || life.number != info.life()) {
                    life = new Life(info.life(), step);
                    lives.put(info.node(), life);
                }
                nodes.add(new ClusterNode(
                        info.node(), loads.capacity(info.node()), state.isDraining(info.node()), life.sinceStep, ""));
            }
        }
        return nodes;
    }

    private List<ClusterCell> cells(CoordinatorState state, long step, Map<String, String> overrides) {
        TreeSet<CellId> ids = new TreeSet<>(world.cells());
        ids.addAll(RegionLayers.wanted(state, world.id()));
        for (Tenure tenure : state.tenures()) {
            if (tenure.phase() != Tenure.Phase.FREE) {
                ids.add(tenure.cell());
            }
        }
        stays.keySet().retainAll(ids);
        List<ClusterCell> cells = new ArrayList<>();
        for (CellId id : ids) {
            Tenure tenure = state.tenure(id);
            cells.add(new ClusterCell(
                    id,
                    home(tenure, step),
                    demand(id),
                    pin(overrides.getOrDefault(MOVE + id, overrides.get(PIN + id))),
                    givenUp.of(tenure, step)));
        }
        return cells;
    }

    /** Of a layer that has not run yet half of what its region's first one has to do: that is what it opens for. */
    private CellDemand demand(CellId cell) {
        LoadBook.Work work = loads.work(cell);
        boolean isNewLayer = work == null && cell.layer() != 0;
        LoadBook.Work known = isNewLayer ? loads.work(new CellId(cell.world(), cell.region(), 0)) : work;
        long part = isNewLayer ? 2 : 1;
        return known == null
                ? new CellDemand(world.tickRate(), 0, 0, 0)
                : new CellDemand(
                        world.tickRate(),
                        (long) known.hard() / part,
                        (long) known.soft() / part,
                        (long) known.opportunistic() / part);
    }

    private Home home(Tenure tenure, long step) {
        NodeId owner = tenure.owner();
        long since = step;
        if (owner != null) {
            Stay stay = stays.get(tenure.cell());
            if (stay == null || !stay.owner.equals(owner)) {
                stay = new Stay(owner, step);
                stays.put(tenure.cell(), stay);
            }
            since = stay.sinceStep;
        }
        return new Home(owner, tenure.standby(), tenure.isReady(), tenure.phase() == Tenure.Phase.MOVING, since);
    }

    /** Whatever was written there: a name that is none pins nothing. */
    private static @Nullable NodeId pin(@Nullable String name) {
        try {
            return name == null ? null : new NodeId(name);
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }

    private static Map<String, String> overrides(CoordinatorState state) {
        Map<String, String> overrides = new TreeMap<>();
        for (AdminOverride override : state.overrides()) {
            overrides.put(override.name(), override.value());
        }
        return overrides;
    }
}
