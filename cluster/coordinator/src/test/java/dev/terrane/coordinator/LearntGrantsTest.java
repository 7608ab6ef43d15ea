package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearntGrantsTest {
    private static final NodeId A = new NodeId("a");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);

    private final CoordinatorState state = new CoordinatorState();

    private Outcome learn(long epoch, int incarnation) {
        return state.apply(
                1, Entry.of(0, new Command.LearnGrants(List.of(new CellGrant(CELL, A, epoch, incarnation)))));
    }

    @Test
    void refusesNumbersThatLeaveNoneToGoOnWith() {
        assertThat(learn(1, Integer.MAX_VALUE)).isInstanceOf(Outcome.Refused.class);
        assertThat(learn(Long.MAX_VALUE, 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(state.epoch(CELL)).isZero();
    }

    @Test
    void goesOnAboveWhatItHasLearnt() {
        assertThat(learn(CoordinatorState.EPOCH_LEARNT_MAX, CoordinatorState.INCARNATION_LEARNT_MAX))
                .isInstanceOf(Outcome.Done.class);
        state.apply(
                1, Entry.of(0, new Command.RegisterNode(new NodeInfo(A, 1, List.of(NodeInfo.Role.SIM), "h:1", ""))));
        state.apply(1, Entry.of(1, new Command.AssignCells(A, List.of(CELL))));
        assertThat(state.holder(CELL))
                .contains(new CellGrant(
                        CELL, A, CoordinatorState.EPOCH_LEARNT_MAX + 1, CoordinatorState.INCARNATION_LEARNT_MAX + 1));
    }
}
