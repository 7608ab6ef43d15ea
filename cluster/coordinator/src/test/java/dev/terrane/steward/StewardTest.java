package dev.terrane.steward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StewardTest {
    private static final long MILLI = 1_000_000;
    private static final long TERM = 3;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final CellId EAST = cell(1);
    private static final CellId WEST = cell(0);
    private static final StewardTiming TIMING = StewardTiming.standard();

    private final CoordinatorState state = new CoordinatorState();
    private Seating seating = (_, unowned) -> new Seating.Seats(
            unowned.stream().map(cell -> new Seating.Seat(cell, C)).toList(), List.of(), List.of());
    private long now = 1_000 * MILLI;
    private Steward steward = steward();

    private Steward steward() {
        return new Steward(TERM, TIMING, List.of(WEST, EAST), (known, unowned) -> seating.seats(known, unowned), now);
    }

    @BeforeEach
    void threeNodesOfWhichTwoHaveACellEach() {
        for (NodeId node : List.of(A, B, C)) {
            log(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), node + ":1", "0.1")));
        }
        log(new Command.AssignCells(A, List.of(WEST)));
        log(new Command.AssignCells(B, List.of(EAST)));
        passTheLease();
    }

    @Test
    void nothingIsToDoWhileAllLive() {
        assertThat(steward.step(state, now)).isEmpty();
    }

    @Test
    void aNewLeaderWaitsALeaseBeforeItDeclaresAnybodyLost() {
        steward = steward();
        now += TIMING.leaseNanos() - 1;
        assertThat(steward.step(state, now)).isEmpty();
        now++;
        assertThat(commands()).contains(new Command.NodeLost(A, 1), new Command.NodeLost(B, 1));
    }

    @Test
    void whoIsSilentIsLostAndItsWholeCopyGoesOnByTheSameEntry() {
        copy(WEST, B);
        silence(A);
        assertThat(commands()).containsExactly(new Command.NodeLost(A, 1));
        assertThat(state.holder(WEST).orElseThrow().owner()).isEqualTo(B);
        assertThat(state.epoch(WEST)).isEqualTo(2);
        assertThat(state.epoch(EAST)).isEqualTo(1);
        assertThat(commands()).isEmpty();
    }

    @Test
    void aBrokenLinkIsBelievedSoonerThanSilence() {
        steward.reset(A, 1, now);
        now += TIMING.resetNanos() - 1;
        hear(B, C);
        assertThat(commands()).isEmpty();
        now++;
        assertThat(commands()).first().isEqualTo(new Command.NodeLost(A, 1));
    }

    @Test
    void whoConnectsAgainInTimeIsNotLost() {
        steward.reset(A, 1, now);
        now += TIMING.resetNanos() - 1;
        hear(A, B, C);
        now += 2;
        assertThat(commands()).isEmpty();
    }

    @Test
    void whoIsGoneForCertainIsLostAtOnce() {
        steward.gone(A, 1);
        assertThat(commands()).as("its link is well").isEmpty();
        steward.reset(A, 1, now);
        steward.gone(A, 1);
        assertThat(commands()).first().isEqualTo(new Command.NodeLost(A, 1));
    }

    @Test
    void whoComesBackAfterAllIsNotGone() {
        steward.reset(A, 1, now);
        steward.gone(A, 1);
        hear(A);
        assertThat(commands()).isEmpty();
        steward.reset(A, 1, now);
        steward.gone(A, 0);
        assertThat(commands()).as("a former life is").isEmpty();
    }

    @Test
    void aNewLeaderNeedsNoLeaseForWhoIsGoneForCertain() {
        steward = steward();
        hear(A, B, C);
        steward.reset(A, 1, now);
        assertThat(commands()).isEmpty();
        steward.gone(A, 1);
        assertThat(commands()).first().isEqualTo(new Command.NodeLost(A, 1));
    }

    @Test
    void aLinkOfAFormerLifeMayBreak() {
        steward.reset(A, 0, now);
        now += TIMING.resetNanos() + 1;
        hear(B, C);
        assertThat(commands()).isEmpty();
    }

    @Test
    void whoStartedAnewAndDiesBeforeItRegistersDoesNotKeepItsCells() {
        copy(WEST, B);
        steward.heard(A, 2, now);
        assertThat(commands()).as("it is about to register").isEmpty();
        now += TIMING.leaseNanos() - 1;
        hear(B, C);
        assertThat(commands()).isEmpty();
        now++;
        hear(B, C);
        assertThat(commands()).containsExactly(new Command.NodeLost(A, 1));
        assertThat(state.holder(WEST).orElseThrow().owner()).isEqualTo(B);
    }

    @Test
    void whoIsHeardInOneLifeAfterTheOtherAndNeverRegistersDoesNotKeepItsCells() {
        long until = now + TIMING.leaseNanos();
        long life = 2;
        for (; now < until; now += TIMING.silenceNanos() / 5) {
            steward.heard(A, life++, now);
            hear(B, C);
            assertThat(commands()).isEmpty();
        }
        steward.heard(A, life, now);
        hear(B, C);
        assertThat(commands()).first().isEqualTo(new Command.NodeLost(A, 1));
    }

    @Test
    void whoStartsAnewAndRegistersInTimeIsNotLost() {
        steward.heard(A, 2, now);
        assertThat(commands()).isEmpty();
        now += TIMING.leaseNanos() - 1;
        log(new Command.RegisterNode(new NodeInfo(A, 2, List.of(NodeInfo.Role.SIM), "a:1", "0.1")));
        steward.heard(A, 2, now);
        hear(B, C);
        assertThat(commands()).doesNotContain(new Command.NodeLost(A, 1), new Command.NodeLost(A, 2));
        now += 1;
        assertThat(commands()).doesNotContain(new Command.NodeLost(A, 2));
    }

    @Test
    void whatHasNoWholeCopyStartsFromItsCheckpointElsewhere() {
        log(new Command.SetStandby(WEST, 1, B));
        silence(A);
        assertThat(commands()).containsExactly(new Command.NodeLost(A, 1));
        assertThat(commands()).containsExactly(new Command.AssignCells(C, List.of(WEST)));
        assertThat(state.tenure(WEST).phase()).isEqualTo(Tenure.Phase.HELD);
    }

    @Test
    void ownerAndStandbyTogetherLeaveTheCheckpoint() {
        copy(WEST, B);
        now += TIMING.silenceNanos();
        hear(C);
        assertThat(commands()).containsExactly(new Command.NodeLost(A, 1), new Command.NodeLost(B, 1));
        assertThat(commands()).containsExactly(new Command.AssignCells(C, List.of(WEST, EAST)));
    }

    @Test
    void nothingIsSaidTwiceBeforeItIsAnswered() {
        silence(A);
        List<Entry> first = steward.step(state, now);
        assertThat(first).hasSize(1);
        hear(B, C);
        assertThat(steward.step(state, now)).isEmpty();
        now += TIMING.answerNanos();
        hear(B, C);
        assertThat(steward.step(state, now)).isEqualTo(first);
    }

    @Test
    void aMoveBeginsWhenTheCopyIsWhole() {
        seating = (_, _) -> new Seating.Seats(List.of(), List.of(), List.of(new Seating.Move(WEST, C)));
        assertThat(commands()).containsExactly(new Command.SetStandby(WEST, 1, C));
        assertThat(commands()).isEmpty();
        log(new Command.StandbyReady(WEST, 1, C, state.tenure(WEST).standbyEntry()));
        assertThat(commands()).containsExactly(new Command.BeginMove(WEST, 1, C));
        assertThat(commands()).isEmpty();
    }

    @Test
    void aMoveThatDoesNotEndIsCalledOff() {
        copy(WEST, C);
        log(new Command.BeginMove(WEST, 1, C));
        assertThat(commands()).isEmpty();
        now += TIMING.moveNanos();
        hear(A, B, C);
        assertThat(commands()).containsExactly(new Command.AbortMove(WEST, 1));
        assertThat(state.tenure(WEST).phase()).isEqualTo(Tenure.Phase.HELD);
    }

    /** Steps once, and puts what comes into the log. */
    private List<Command> commands() {
        List<Entry> entries = steward.step(state, now);
        for (Entry entry : entries) {
            assertThat(entry.givenTerm()).isEqualTo(TERM);
            state.apply(TERM, entry);
            steward.answered(entry);
        }
        return entries.stream().map(Entry::command).toList();
    }

    private void copy(CellId cell, NodeId node) {
        log(new Command.SetStandby(cell, state.epoch(cell), node));
        log(new Command.StandbyReady(
                cell, state.epoch(cell), node, state.tenure(cell).standbyEntry()));
    }

    private void silence(NodeId silent) {
        now += TIMING.silenceNanos();
        List.of(A, B, C).stream().filter(node -> !node.equals(silent)).forEach(this::hear);
    }

    private void passTheLease() {
        now += TIMING.leaseNanos();
        hear(A, B, C);
    }

    private void hear(NodeId... nodes) {
        for (NodeId node : nodes) {
            steward.heard(node, 1, now);
        }
    }

    private void log(Command command) {
        assertThat(state.apply(TERM, Entry.of(0, command)))
                .isNotInstanceOf(dev.terrane.coordinator.Outcome.Refused.class);
    }

    private static CellId cell(int a) {
        return new CellId(new WorldId("w"), new RegionId(a, 0), 0);
    }
}
