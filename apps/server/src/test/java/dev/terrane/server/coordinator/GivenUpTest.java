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
import dev.terrane.space.Partition;
import dev.terrane.steward.Seating;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A standby that lives and does not follow, and whom the leader has next. */
class GivenUpTest {
    private static final long SECOND = 1_000_000_000L;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final WorldPlan world =
            WorldPlan.of(new WorldId("w"), Partition.parse("strip;count=1;width=100.0;depth=100.0"), 20, 1, true);
    private final CellId cell = world.cells().getFirst();
    private final CoordinatorState state = new CoordinatorState();
    private final PlannedSeating seating = new PlannedSeating(world, new LoadBook(), 0);
    private long now;

    @BeforeEach
    void held() {
        register(A, 1);
        register(B, 1);
        register(C, 1);
        apply(new Command.AssignCells(A, world.cells()));
        look();
        standby(B);
    }

    private void register(NodeId node, long life) {
        apply(new Command.RegisterNode(new NodeInfo(node, life, List.of(NodeInfo.Role.SIM), "h:1", "1")));
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
    }

    private List<Seating.Copy> look() {
        seating.at(now);
        return seating.seats(state, List.of()).standbys();
    }

    private List<Seating.Copy> nextLook() {
        now += SECOND;
        return look();
    }

    /** The leader looks at each change of the log. */
    private void standby(@Nullable NodeId node) {
        apply(new Command.SetStandby(cell, state.epoch(cell), node));
        look();
    }

    private void chosenNext(NodeId node) {
        assertThat(nextLook()).containsExactly(new Seating.Copy(cell, node));
    }

    @Test
    void asksAnotherThanTheOneThatWasJustGivenUp() {
        standby(null);
        chosenNext(C);
        standby(C);
        assertThat(nextLook()).as("it stays").isEmpty();
        standby(null);
        chosenNext(B);
    }

    @Test
    void asksTheSameAgainAfterAMinute() {
        standby(null);
        now += (GivenUp.STEPS - 2) * SECOND;
        chosenNext(C);
        chosenNext(B);
    }

    @Test
    void asksTheSameAgainWhenThereIsNoOther() {
        apply(new Command.NodeLost(C, 1));
        standby(null);
        chosenNext(B);
    }

    @Test
    void aNodeThatHasDiedAndCameBackHasNotFailedTheCell() {
        register(B, 2);
        assertThat(state.tenure(cell).standby()).isNull();
        chosenNext(B);
    }

    @Test
    void whatFailedUnderOneOwnerMayWorkUnderTheNext() {
        standby(null);
        apply(new Command.RenewCell(cell, 1));
        chosenNext(B);
    }
}
