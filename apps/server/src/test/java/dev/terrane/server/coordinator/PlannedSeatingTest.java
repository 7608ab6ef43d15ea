package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage;
import dev.terrane.space.Partition;
import dev.terrane.steward.Seating;
import dev.terrane.steward.Seating.Seats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the plan is asked, what it is told, and what of its decision is carried out. */
class PlannedSeatingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final CoordinatorState state = new CoordinatorState();
    private final LoadBook loads = new LoadBook();
    private long now;

    private static WorldPlan plan(int simsExpected, boolean hasStandbys) {
        Partition partition = Partition.parse("strip;count=4;width=100.0;depth=100.0");
        return WorldPlan.of(new WorldId("w"), partition, 20, simsExpected, hasStandbys);
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
    }

    private void register(NodeId... nodes) {
        for (NodeId node : nodes) {
            apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "1")));
        }
    }

    private Seats look(PlannedSeating seating, List<CellId> unowned) {
        seating.at(now);
        return seating.seats(state, unowned);
    }

    @Test
    void dealsNothingOutBeforeAllExpectedSimsAreThere() {
        WorldPlan world = plan(2, true);
        PlannedSeating seating = new PlannedSeating(world, loads, now);
        register(A);
        assertThat(look(seating, world.cells())).isEqualTo(Seats.NONE);
        register(B);
        assertThat(look(seating, world.cells()).owners())
                .as("at once, not with the next second")
                .hasSize(4)
                .extracting(Seating.Seat::owner)
                .contains(A, B);
    }

    @Test
    void waitsForNobodyOnceCellsWereDealtOut() {
        WorldPlan world = plan(3, true);
        register(A, B);
        apply(new Command.AssignCells(A, world.cells()));
        apply(new Command.NodeLost(A, 1));
        PlannedSeating seating = new PlannedSeating(world, loads, now);
        assertThat(look(seating, world.cells()).owners())
                .hasSize(4)
                .allSatisfy(seat -> assertThat(seat.owner()).isEqualTo(B));
    }

    @Test
    void saysNothingNewWithinASecondUnlessSomethingHasChanged() {
        WorldPlan world = plan(1, true);
        register(A, B);
        apply(new Command.AssignCells(A, world.cells()));
        PlannedSeating seating = new PlannedSeating(world, loads, now);
        assertThat(look(seating, List.of()).standbys()).hasSize(4);
        assertThat(look(seating, List.of())).isEqualTo(Seats.NONE);
        now += SECOND;
        assertThat(look(seating, List.of()).standbys()).hasSize(4);
        apply(new Command.RenewCell(world.cells().getFirst(), 1));
        assertThat(look(seating, List.of()).standbys()).hasSize(4);
    }

    @Test
    void setsNoStandbysWhereTheyAreSwitchedOffAndTakesThoseOfMovesBack() {
        WorldPlan world = plan(1, false);
        register(A, B);
        apply(new Command.AssignCells(A, world.cells()));
        CellId cell = world.cells().getFirst();
        apply(new Command.SetStandby(cell, 1, B));
        PlannedSeating seating = new PlannedSeating(world, loads, now);
        Seats seats = look(seating, List.of());
        assertThat(seats.standbys()).containsExactly(new Seating.Copy(cell, null));
    }

    @Test
    void followsPinsAndDrains() {
        WorldPlan world = plan(1, true);
        register(A, B, C);
        apply(new Command.AssignCells(A, world.cells()));
        CellId cell = world.cells().get(2);
        state.apply(1, new Entry(0, "admin ann", "because", new Command.SetOverride("pin/" + cell, "b")));
        state.apply(1, new Entry(0, "admin ann", "because", new Command.SetOverride("pin/w/9,9#0", "No Node!")));
        PlannedSeating seating = new PlannedSeating(world, loads, now);
        assertThat(look(seating, List.of()).moves()).contains(new Seating.Move(cell, B));
        apply(new Command.DrainNode(A, true));
        assertThat(look(seating, List.of()).moves()).as("two at a time").hasSize(2);
        state.apply(1, new Entry(0, "admin ann", "because", new Command.SetOverride("placement", "frozen")));
        now += SECOND;
        assertThat(look(seating, List.of()).moves()).containsExactly(new Seating.Move(cell, B));
    }

    @Test
    void countsWhatWasMeasured() {
        PlannedSeating seating = allAtA();
        assertThat(look(seating, List.of()).moves()).isEmpty();
        measured(150_000_000, 50_000_000, 0);
        assertThat(look(seating, List.of()).moves())
                .as("800 of 500 ms")
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move.to()).isEqualTo(B));
    }

    @Test
    void doesNotCountWhatRunsOnlyWhileThereIsTime() {
        PlannedSeating seating = allAtA();
        measured(50_000_000, 20_000_000, 900_000_000);
        assertThat(look(seating, List.of()).moves()).as("280 of 500 ms").isEmpty();
    }

    @Test
    void givesCellsForEvennessOnlyToASimThatHasRunForAMinuteInThisLife() {
        PlannedSeating seating = allAtA();
        copiesAt(B);
        assertThat(look(seating, List.of()).moves()).as("B has just come").isEmpty();
        now += 61 * SECOND;
        assertThat(look(seating, List.of()).moves())
                .singleElement()
                .extracting(Seating.Move::to)
                .isEqualTo(B);

        apply(new Command.NodeLost(B, 1));
        apply(new Command.RegisterNode(new NodeInfo(B, 2, List.of(NodeInfo.Role.SIM), "h:1", "1")));
        copiesAt(B);
        now += SECOND;
        assertThat(look(seating, List.of()).moves())
                .as("B has come again, between two looks")
                .isEmpty();
        now += 59 * SECOND;
        assertThat(look(seating, List.of()).moves()).isEmpty();
        now += SECOND;
        assertThat(look(seating, List.of()).moves()).hasSize(1);
    }

    /** Of all cells, whole. */
    private void copiesAt(NodeId standby) {
        for (CellId cell : plan(1, true).cells()) {
            long epoch = state.tenure(cell).epoch();
            apply(new Command.SetStandby(cell, epoch, standby));
            apply(new Command.StandbyReady(cell, epoch, standby, Command.StandbyReady.UNSAID));
        }
    }

    private PlannedSeating allAtA() {
        WorldPlan world = plan(1, true);
        register(A, B);
        apply(new Command.AssignCells(A, world.cells()));
        for (NodeId node : List.of(A, B)) {
            loads.heard(node, new NodeMessage.Loads(1e9, List.of()));
        }
        return new PlannedSeating(world, loads, now);
    }

    /** Of each of the four cells. */
    private void measured(long hard, long soft, long opportunistic) {
        List<NodeMessage.CellWork> works = plan(1, true).cells().stream()
                .map(cell -> new NodeMessage.CellWork(cell, 1, 1, hard, soft, opportunistic))
                .toList();
        loads.heard(A, new NodeMessage.Loads(1e9, works));
        now += 61 * SECOND; // Cells rest for a minute where they have come to.
    }
}
