package dev.terrane.steward;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The leader's mind, for one leadership.
 *
 * <pre>
 *   a node is lost          ─► NodeLost: by the same entry its cells go on as their whole copies
 *   an orphan has a copy that became whole late ─► Promote
 *   an orphan has no copy   ─► AssignCells: it starts from its checkpoint
 *   a cell of the world is nobody's, or a layer that a crowd needs ─► AssignCells
 *   the plan says so        ─► SetStandby, BeginMove
 *   a move does not end     ─► AbortMove
 * </pre>
 *
 * <p>Everything it says carries its term: as soon as another leads, nothing of it is done any more. One thread; {@link #step} whenever the state has changed or something was heard, and now and then.
 */
public final class Steward {
    private final long term;
    private final StewardTiming timing;
    private final List<CellId> world;
    private final Seating seating;
    private final NodeWatch watch;
    /** What was proposed, and when: not again before the answer, or before nobody can be expected to answer. */
    private final Map<Command, Long> underway = new LinkedHashMap<>();

    private final TreeMap<CellId, Moving> moves = new TreeMap<>();

    private record Moving(long epoch, long sinceNanos) {}

    /**
     * @param term of this leadership
     * @param world cells that have to be somebody's, always; layers beside them have to be as long as the log wants them ({@link RegionLayers})
     */
    public Steward(long term, StewardTiming timing, List<CellId> world, Seating seating, long nowNanos) {
        this.term = term;
        this.timing = timing;
        this.world = List.copyOf(world);
        this.seating = seating;
        this.watch = new NodeWatch(timing, nowNanos);
    }

    /** A node lives: it said so, or something else. */
    public void heard(NodeId node, long life, long nowNanos) {
        watch.heard(node, life, nowNanos);
    }

    /** The link to a node broke: it is dead, or connects again in a moment. */
    public void reset(NodeId node, long life, long nowNanos) {
        watch.reset(node, life, nowNanos);
    }

    /** That link broke, and where the node listened nobody does: no need to wait. Does nothing without {@link #reset}. */
    public void gone(NodeId node, long life) {
        watch.gone(node, life);
    }

    /** What became of an entry is in the state now, or will never be known. */
    public void answered(Entry entry) {
        underway.remove(entry.command());
    }

    /** What to put into the log now, in this order. */
    public List<Entry> step(CoordinatorState state, long nowNanos) {
        underway.values().removeIf(since -> nowNanos - since >= timing.answerNanos());
        List<Command> wanted = new ArrayList<>();
        List<NodeInfo> lost = watch.lost(state.nodes(), nowNanos);
        TreeSet<NodeId> dead = new TreeSet<>();
        for (NodeInfo info : lost) {
            dead.add(info.node());
            wanted.add(new Command.NodeLost(info.node(), info.life()));
        }
        succeed(state, dead, wanted);
        if (dead.isEmpty()) {
            seat(state, wanted);
        }
        callOff(state, nowNanos, wanted);
        List<Entry> entries = new ArrayList<>();
        for (Command command : wanted) {
            if (underway.putIfAbsent(command, nowNanos) == null) {
                entries.add(new Entry(term, "leader", "", command));
            }
        }
        return entries;
    }

    /** Promotes the copies of what has lost its owner before. */
    private static void succeed(CoordinatorState state, TreeSet<NodeId> dead, List<Command> wanted) {
        for (Tenure tenure : state.tenures()) {
            NodeId standby = tenure.standby();
            boolean orphan = tenure.phase() == Tenure.Phase.ORPHANED;
            if (orphan && tenure.isReady() && standby != null && !dead.contains(standby)) {
                wanted.add(new Command.Promote(tenure.cell(), tenure.epoch()));
            }
        }
    }

    private void seat(CoordinatorState state, List<Command> wanted) {
        Seating.Seats seats = seating.seats(state, unowned(state));
        Map<NodeId, List<CellId>> byOwner = new TreeMap<>();
        for (Seating.Seat seat : seats.owners()) {
            byOwner.computeIfAbsent(seat.owner(), _ -> new ArrayList<>()).add(seat.cell());
        }
        byOwner.forEach((owner, cells) -> wanted.add(new Command.AssignCells(owner, cells)));
        for (Seating.Copy copy : seats.standbys()) {
            Tenure tenure = state.tenure(copy.cell());
            wanted.add(new Command.SetStandby(copy.cell(), tenure.epoch(), copy.node()));
        }
        for (Seating.Move move : seats.moves()) {
            Tenure tenure = state.tenure(move.cell());
            if (!move.to().equals(tenure.standby())) {
                wanted.add(new Command.SetStandby(move.cell(), tenure.epoch(), move.to()));
            } else if (tenure.isReady() && tenure.phase() == Tenure.Phase.HELD) {
                wanted.add(new Command.BeginMove(move.cell(), tenure.epoch(), move.to()));
            }
        }
    }

    /** Cells that somebody has to take and nobody has a whole copy of. */
    private List<CellId> unowned(CoordinatorState state) {
        TreeSet<CellId> unowned = new TreeSet<>();
        TreeSet<CellId> wanted = new TreeSet<>(world);
        world.stream().map(CellId::world).distinct().forEach(each -> wanted.addAll(RegionLayers.wanted(state, each)));
        for (CellId cell : wanted) {
            if (!state.tenure(cell).isHeld()) {
                unowned.add(cell);
            }
        }
        for (Tenure tenure : state.tenures()) {
            if (tenure.phase() == Tenure.Phase.ORPHANED) {
                unowned.add(tenure.cell());
            }
            if (tenure.isReady()) {
                unowned.remove(tenure.cell());
            }
        }
        return List.copyOf(unowned);
    }

    private void callOff(CoordinatorState state, long nowNanos, List<Command> wanted) {
        TreeMap<CellId, Moving> now = new TreeMap<>();
        for (Tenure tenure : state.tenures()) {
            if (tenure.phase() == Tenure.Phase.MOVING) {
                Moving known = moves.get(tenure.cell());
                Moving moving =
                        known != null && known.epoch == tenure.epoch() ? known : new Moving(tenure.epoch(), nowNanos);
                now.put(tenure.cell(), moving);
                if (nowNanos - moving.sinceNanos >= timing.moveNanos()) {
                    wanted.add(new Command.AbortMove(tenure.cell(), tenure.epoch()));
                }
            }
        }
        moves.clear();
        moves.putAll(now);
    }
}
