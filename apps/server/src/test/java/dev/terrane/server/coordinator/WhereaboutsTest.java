package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage.AvatarNews;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.Claimed;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import dev.terrane.node.NodeMessage.Crowd;
import dev.terrane.node.NodeMessage.Crowds;
import dev.terrane.node.NodeMessage.Strain;
import dev.terrane.placement.CellLoad;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No character is spawned twice, whichever sim, cell or leader comes and goes. */
class WhereaboutsTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId OTHER = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));

    private final CoordinatorState state = new CoordinatorState();
    private final Whereabouts whereabouts = new Whereabouts();
    private long now;

    @BeforeEach
    void aAndBRunACellEach() {
        for (NodeId node : List.of(A, B)) {
            apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "1")));
        }
        apply(new Command.AssignCells(A, List.of(CELL)));
        apply(new Command.AssignCells(B, List.of(OTHER)));
        for (NodeId node : List.of(A, B)) {
            whereabouts.linked(node, 1, now);
            whereabouts.heard(node, new AvatarNews(true, List.of()), now);
        }
        whereabouts.lead(1, now);
        pass(Whereabouts.LEADER_PAUSE_NANOS);
    }

    private void pass(long nanos) {
        now += nanos;
        whereabouts.look(now);
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
        whereabouts.follow(ClusterMap.of(state), now);
    }

    private void hears(NodeId by, boolean isEverything, AvatarSeen... avatars) {
        whereabouts.heard(by, new AvatarNews(isEverything, List.of(avatars)), now);
    }

    private void says(NodeId by, CellId cell, long epoch) {
        Crowd runs = new Crowd(new CellLoad(cell, 0, 0, 0, 0, 0), epoch, 0);
        whereabouts.heard(by, new Crowds(new Strain(0, 0), List.of(runs), List.of()), now);
    }

    /** As its owner says it twice a second. */
    private void runsUntilItIsSettled(NodeId by, CellId cell) {
        says(by, cell, state.epoch(cell));
        pass(Whereabouts.SETTLED_NANOS);
        says(by, cell, state.epoch(cell));
    }

    private AvatarSeen here(CellId cell, long entity, int ownership) {
        return hereUnder(state.epoch(cell), cell, entity, ownership);
    }

    private static AvatarSeen hereUnder(long epoch, CellId cell, long entity, int ownership) {
        return new AvatarSeen(AvatarSeen.What.HERE, ANN, cell, entity, ownership, new CellEpoch(cell, epoch));
    }

    private AvatarSeen gone(long entity, int ownership) {
        CellEpoch by = new CellEpoch(CELL, state.epoch(CELL));
        return new AvatarSeen(AvatarSeen.What.GONE, ANN, CELL, entity, ownership, by);
    }

    private Claimed claim() {
        return Objects.requireNonNull(whereabouts.claim(1, ANN, CELL, now), "it leads");
    }

    private Verdict verdict() {
        return claim().verdict();
    }

    @Test
    void givesACharacterToOneClaimOnlyUntilThatIsGivenBack() {
        Claimed first = claim();
        assertThat(first.verdict()).isEqualTo(Verdict.YOURS);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        whereabouts.abandon(ANN, first.ticket() + 1);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        whereabouts.abandon(ANN, first.ticket());
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    @Test
    void locatesWhoIsThere() {
        hears(A, false, here(CELL, 7, 1));
        assertThat(claim()).isEqualTo(new Claimed(1, Verdict.LOCATED, CELL, 7, 0));
        hears(A, false, gone(7, 1));
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    private void hasLeftForTheOther() {
        hears(A, false, here(CELL, 7, 1));
        hears(A, false, new AvatarSeen(AvatarSeen.What.LEFT, ANN, OTHER, 7, 2, new CellEpoch(CELL, 1)));
    }

    @Test
    void sendsNobodyAfterAnAvatarThatIsOnItsWay() {
        hasLeftForTheOther();
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(B, false, here(OTHER, 7, 2));
        assertThat(claim()).isEqualTo(new Claimed(1, Verdict.LOCATED, OTHER, 7, 0));
    }

    @Test
    void waitsForATravellerWhoseTargetIsTakenOver() {
        hasLeftForTheOther();
        apply(new Command.SetStandby(OTHER, 1, A));
        apply(new Command.StandbyReady(OTHER, 1, A, state.tenure(OTHER).standbyEntry()));
        apply(new Command.BeginMove(OTHER, 1, A));
        apply(new Command.FinishMove(OTHER, 1));
        runsUntilItIsSettled(A, OTHER);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(A, false, here(OTHER, 7, 2));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void findsATravellerWhereItIsBackAfterItsCellHasBegunAnew() {
        hasLeftForTheOther();
        apply(new Command.RenewCell(CELL, 1));
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(A, false, here(CELL, 7, 1));
        assertThat(claim()).isEqualTo(new Claimed(1, Verdict.LOCATED, CELL, 7, 0));
        pass(2 * Whereabouts.TRAVEL_NANOS_MAX);
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void doesNotWaitForEverForATravellerWhoseEndNobodyHeardOf() {
        hasLeftForTheOther();
        pass(Whereabouts.TRAVEL_NANOS_MAX - 1);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        apply(new Command.NodeLost(B, 1));
        pass(Whereabouts.TRAVEL_NANOS_MAX);
        assertThat(verdict()).as("where he goes has no owner").isEqualTo(Verdict.NOT_YET);
        apply(new Command.AssignCells(A, List.of(OTHER)));
        pass(Whereabouts.TRAVEL_NANOS_MAX);
        assertThat(verdict()).as("where he goes has not started").isEqualTo(Verdict.NOT_YET);
        runsUntilItIsSettled(A, OTHER);
        pass(1);
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    @Test
    void lapsesClaimsThatNobodyUses() {
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
        pass(Whereabouts.CLAIM_NANOS_MAX - 1);
        assertThat(verdictFor(OTHER)).as("nobody serializes the two").isEqualTo(Verdict.NOT_YET);
        pass(1);
        assertThat(verdictFor(OTHER)).isEqualTo(Verdict.YOURS);
    }

    private Verdict verdictFor(CellId entrance) {
        return Objects.requireNonNull(whereabouts.claim(1, ANN, entrance, now), "it leads")
                .verdict();
    }

    /** Its gateway was cut off in the midst of the answer, and never hears of its claim; he comes back at another one. */
    @Test
    void grantsAClaimAnewForTheSameCellWhenItsAnswerWasLost() {
        Claimed lost = claim();
        assertThat(lost.verdict()).isEqualTo(Verdict.YOURS);
        pass(Whereabouts.CLAIM_AGAIN_NANOS - 1);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        pass(1);
        Claimed again = claim();
        assertThat(again.verdict()).isEqualTo(Verdict.YOURS);
        assertThat(again.ticket()).isNotEqualTo(lost.ticket());
        assertThat(verdict()).as("it is the other's now").isEqualTo(Verdict.NOT_YET);
        whereabouts.abandon(ANN, lost.ticket());
        assertThat(verdict()).as("the first comes too late to give it back").isEqualTo(Verdict.NOT_YET);
        hears(A, false, here(CELL, 7, 1));
        pass(Whereabouts.CLAIM_NANOS_MAX);
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void grantsNoClaimAnewWhileItsCellIsInDoubt() {
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
        pass(Whereabouts.CLAIM_AGAIN_NANOS);
        apply(new Command.SetStandby(CELL, 1, B));
        apply(new Command.StandbyReady(CELL, 1, B, state.tenure(CELL).standbyEntry()));
        apply(new Command.NodeLost(A, 1));
        assertThat(verdict()).as("it may be there").isEqualTo(Verdict.NOT_YET);
        hears(B, false, here(CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void keepsAClaimThatWasUsedWhenItsTimeIsOver() {
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
        hears(A, false, here(CELL, 7, 1));
        pass(Whereabouts.CLAIM_NANOS_MAX);
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void doesNotAnswerUntilEverySimHasSaidEverythingOrHadTimeTo() {
        whereabouts.unlinked(A, now);
        whereabouts.linked(A, 1, now);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(A, true, here(CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
        whereabouts.unlinked(B, now);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        pass(Whereabouts.NEWS_NANOS_MAX);
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void forgetsWhoIsNotNamedAmongEverythingUnlessAnotherHasNamedHim() {
        hears(A, false, here(CELL, 7, 1));
        hears(A, true);
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
        hears(A, false, here(CELL, 8, 1));
        hears(B, false, here(OTHER, 8, 2));
        hears(A, true);
        assertThat(claim().cell()).isEqualTo(OTHER);
    }

    @Test
    void isInDoubtWhileACellOfALostSimLooksForAnOwner() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        whereabouts.unlinked(A, now);
        pass(10 * Whereabouts.SETTLED_NANOS);
        assertThat(verdict())
                .as("nobody's: who lived there may live there again")
                .isEqualTo(Verdict.NOT_YET);
        apply(new Command.AssignCells(B, List.of(CELL)));
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(B, false, here(CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
        runsUntilItIsSettled(B, CELL);
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void forgetsWhoIsNotThereAfterACellHasBegunAnew() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.RenewCell(CELL, 1));
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        runsUntilItIsSettled(A, CELL);
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    /** The store is away: its owner cannot read who lives in it. */
    @Test
    void waitsForACellThatHasAnOwnerUntilThatSaysThatItRuns() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        pass(10 * Whereabouts.SETTLED_NANOS);
        says(B, OTHER, state.epoch(OTHER));
        assertThat(verdict()).as("it runs another").isEqualTo(Verdict.NOT_YET);
        says(B, CELL, state.epoch(CELL));
        pass(Whereabouts.SETTLED_NANOS - 1);
        says(B, CELL, state.epoch(CELL));
        assertThat(verdict()).as("he may come yet").isEqualTo(Verdict.NOT_YET);
        pass(1);
        assertThat(verdict()).as("it may have stood still since").isEqualTo(Verdict.NOT_YET);
        says(B, CELL, state.epoch(CELL));
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    @Test
    void findsWhoLivesInACellThatStartsLate() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        pass(10 * Whereabouts.SETTLED_NANOS);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(B, false, here(CELL, 7, 1));
        runsUntilItIsSettled(B, CELL);
        assertThat(claim()).isEqualTo(new Claimed(1, Verdict.LOCATED, CELL, 7, 0));
    }

    @Test
    void believesOnlyTheOwnerUnderItsEpochThatACellRuns() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        for (int i = 0; i < 3; i++) {
            says(A, CELL, state.epoch(CELL)); // it was
            says(B, CELL, state.epoch(CELL) - 1); // of a life before
            pass(Whereabouts.SETTLED_NANOS);
        }
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
    }

    @Test
    void beginsToWaitAnewWhenACellThatRanIsLostOnceMore() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.RenewCell(CELL, 1));
        says(A, CELL, state.epoch(CELL));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        pass(Whereabouts.SETTLED_NANOS);
        says(B, CELL, state.epoch(CELL));
        assertThat(verdict()).as("what A said is over").isEqualTo(Verdict.NOT_YET);
        pass(Whereabouts.SETTLED_NANOS);
        says(B, CELL, state.epoch(CELL));
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    @Test
    void doesNotWaitForEverForACellThatCannotBeStarted() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        pass(Whereabouts.START_NANOS_MAX - 1);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        pass(1);
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    /** Whoever leads next has followed until then: it knows which cells are in doubt, and hears as all do which of them run. */
    @Test
    void knowsWhatIsInDoubtWhenItComesToLead() {
        whereabouts.lead(0, now);
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        whereabouts.lead(2, now);
        pass(10 * Whereabouts.SETTLED_NANOS);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        runsUntilItIsSettled(B, CELL);
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
    }

    @Test
    void doesNotBelieveAnOldOwnerThatNamesNobodyAnyMore() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.SetStandby(CELL, 1, B));
        apply(new Command.StandbyReady(CELL, 1, B, state.tenure(CELL).standbyEntry()));
        apply(new Command.BeginMove(CELL, 1, B));
        apply(new Command.FinishMove(CELL, 1));
        hears(A, true);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(B, false, here(CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void answersOnlyWhileItLeadsAndNotAtOnce() {
        Claimed before = claim();
        whereabouts.lead(0, now);
        assertThat(whereabouts.claim(1, ANN, CELL, now)).isNull();
        whereabouts.lead(3, now);
        pass(Whereabouts.LEADER_PAUSE_NANOS - 1);
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        pass(1);
        whereabouts.abandon(ANN, before.ticket());
        assertThat(verdict()).as("tickets of an older leadership mean nothing").isEqualTo(Verdict.NOT_YET);
    }

    @Test
    void doesNotBelieveASimAboutACellThatIsAnothersByNow() {
        hears(A, false, here(CELL, 7, 2));
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        hears(B, false, here(CELL, 7, 2));
        hears(A, true, hereUnder(1, CELL, 7, 5)); // it stood still, and has not heard
        runsUntilItIsSettled(B, CELL);
        hears(B, false, gone(7, 2));
        assertThat(verdict()).as("nobody has it").isEqualTo(Verdict.YOURS);
    }

    @Test
    void doesNotBelieveWhatASimSaidOfItsFormerLifeWithACellThatItHasAgain() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.SetStandby(CELL, 1, B));
        apply(new Command.StandbyReady(CELL, 1, B, state.tenure(CELL).standbyEntry()));
        apply(new Command.BeginMove(CELL, 1, B));
        apply(new Command.FinishMove(CELL, 1));
        hears(A, true, hereUnder(1, CELL, 7, 1)); // it has not heard
        apply(new Command.NodeLost(B, 1));
        apply(new Command.AssignCells(A, List.of(CELL)));
        hears(A, true, hereUnder(1, CELL, 7, 1)); // it has not heard that, either
        runsUntilItIsSettled(A, CELL);
        assertThat(verdict()).as("it starts from an image of before he came").isEqualTo(Verdict.YOURS);
    }

    @Test
    void believesWhatASimSaysOfACellBeforeItHearsThatTheCellIsTheSims() {
        hears(B, false, hereUnder(2, CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.YOURS);
        apply(new Command.NodeLost(A, 1));
        apply(new Command.AssignCells(B, List.of(CELL)));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }

    @Test
    void doesNotTakeForGoneWhoIsNotNamedWhileHisCellBeginsAnew() {
        hears(A, false, here(CELL, 7, 1));
        apply(new Command.RenewCell(CELL, 1));
        hears(A, true); // it has not begun yet
        assertThat(verdict()).isEqualTo(Verdict.NOT_YET);
        hears(A, false, here(CELL, 7, 1));
        assertThat(verdict()).isEqualTo(Verdict.LOCATED);
    }
}
