package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.TransferToken;
import dev.terrane.coordinator.WorldBeginning;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.server.coordinator.ProposalRules.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes write what concerns themselves and their own cells. */
class ProposalRulesTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId GATE = new NodeId("g");
    private static final NodeId NEW = new NodeId("new");
    private static final WorldId WORLD = new WorldId("w");
    private static final CellId CELL = new CellId(WORLD, new RegionId(0, 0), 0);
    private static final long NOW = 1_000_000_000;
    private static final long LIFE = 5;

    private final CoordinatorState state = new CoordinatorState();

    @BeforeEach
    void aOwnsTheCell() {
        for (NodeId node : List.of(A, B)) {
            apply(new Command.RegisterNode(info(node, LIFE)));
        }
        apply(new Command.RegisterNode(new NodeInfo(GATE, LIFE, List.of(NodeInfo.Role.GATEWAY), "h:2", "1")));
        apply(new Command.AssignCells(A, List.of(CELL)));
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
    }

    private static NodeInfo info(NodeId node, long life) {
        return new NodeInfo(node, life, List.of(NodeInfo.Role.SIM), "h:1", "1");
    }

    private Verdict judge(NodeId by, Command command) {
        return ProposalRules.judge(by, LIFE, new Entry(0, NOW, "node " + by, "", command), state, WORLD);
    }

    private void allows(NodeId by, Command command) {
        assertThat(judge(by, command)).isInstanceOf(Verdict.Allowed.class);
    }

    private void refuses(NodeId by, Command command) {
        assertThat(judge(by, command)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void letsANodeRegisterItselfInItsPresentLifeAndNobodyElse() {
        allows(A, new Command.RegisterNode(info(A, LIFE)));
        refuses(A, new Command.RegisterNode(info(A, LIFE + 1)));
        refuses(A, new Command.RegisterNode(info(B, LIFE)));
    }

    @Test
    void refusesForeignAuthorsEvenOfWhatIsAllowed() {
        Command own = new Command.RegisterNode(info(A, LIFE));
        for (String author : List.of("", "leader", "admin ann", "node b", "node ")) {
            assertThat(ProposalRules.judge(A, LIFE, new Entry(0, author, "why", own), state, WORLD))
                    .as(author)
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void letsOnlyTheOwnerFinishOrCallOffItsMoveRenewAndRelease() {
        allows(A, new Command.FinishMove(CELL, 1));
        allows(A, new Command.AbortMove(CELL, 1));
        allows(A, new Command.RenewCell(CELL, 1));
        allows(A, new Command.ReleaseCell(CELL, 1));
        refuses(B, new Command.FinishMove(CELL, 1));
        refuses(B, new Command.AbortMove(CELL, 1));
        refuses(B, new Command.RenewCell(CELL, 1));
        refuses(B, new Command.ReleaseCell(CELL, 1));
    }

    @Test
    void isUnsureOfEpochsThatThisCopyDoesNotKnowYet() {
        assertThat(judge(B, new Command.RenewCell(CELL, 2))).isInstanceOf(Verdict.Unsure.class);
    }

    @Test
    void leavesEpochsThatAreOverToTheLog() {
        apply(new Command.RenewCell(CELL, 1));
        allows(A, new Command.ReleaseCell(CELL, 1));
        assertThat(state.apply(1, Entry.of(0, new Command.ReleaseCell(CELL, 1))))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void letsOnlyTheOwnerSayThatItsStandbyIsWhole() {
        allows(A, new Command.StandbyReady(CELL, 1, B, 3));
        refuses(B, new Command.StandbyReady(CELL, 1, B, 3));
    }

    @Test
    void letsTheOwnerDoWithoutAStandbyButNotChooseOne() {
        allows(A, new Command.SetStandby(CELL, 1, null));
        refuses(A, new Command.SetStandby(CELL, 1, B));
        refuses(B, new Command.SetStandby(CELL, 1, null));
    }

    @Test
    void letsSimsTellOfGrantsThatTheirDatabaseKnows() {
        Command.LearnGrants known = new Command.LearnGrants(List.of(new CellGrant(CELL, B, 7, 9)));
        allows(B, known);
        allows(NEW, known);
        refuses(GATE, known);
        CellId other = new CellId(new WorldId("other"), new RegionId(0, 0), 0);
        refuses(B, new Command.LearnGrants(List.of(new CellGrant(other, B, 7, 9))));
        refuses(B, new Command.LearnGrants(Collections.nCopies(65_536, new CellGrant(CELL, B, 7, 9))));
    }

    @Test
    void letsSimsSayOnceWhenTheirWorldBeganAndPutNothingElse() {
        byte[] began = new WorldBeginning(0, NOW).toBytes();
        String key = WorldBeginning.key(WORLD);
        allows(A, new Command.PutValue(key, 0, began));
        allows(NEW, new Command.PutValue(key, 0, began));
        refuses(GATE, new Command.PutValue(key, 0, began));
        refuses(A, new Command.PutValue(key, Command.PutValue.ANY, began));
        refuses(A, new Command.PutValue(key, 3, began));
        refuses(A, new Command.PutValue(key, 0, new byte[0]));
        refuses(A, new Command.PutValue(key, 0, new byte[17]));
        refuses(A, new Command.PutValue(key, 0, new WorldBeginning(-1, NOW).toBytes()));
        refuses(A, new Command.PutValue(WorldBeginning.key(new WorldId("other")), 0, began));
        for (String other : List.of(
                RegionLayers.key(WORLD, CELL.region()),
                WorldPace.key(WORLD),
                "map/trace/t1",
                Agreement.KEY,
                "map/x",
                "secret/x")) {
            refuses(A, new Command.PutValue(other, 0, began));
            refuses(NEW, new Command.PutValue(other, Command.PutValue.ANY, new byte[] {1}));
        }
    }

    @Test
    void letsOnlyGatewaysDealInTokensThatEndSoon() {
        Command.IssueToken issue = new Command.IssueToken(new TransferToken("t", "s", "d", NOW + 60_000), NOW);
        Command.RedeemToken redeem = new Command.RedeemToken("t", NOW);
        allows(GATE, issue);
        allows(GATE, redeem);
        refuses(A, issue);
        refuses(A, redeem);
        refuses(GATE, new Command.IssueToken(new TransferToken("t", "s", "d", NOW + 3_600_001), NOW));
        refuses(GATE, new Command.IssueToken(new TransferToken("t", "s", "d", Long.MAX_VALUE), Long.MAX_VALUE - 1));
    }

    @Test
    void isUnsureOfTokensOfGatewaysThatThisCopyDoesNotKnowYet() {
        assertThat(judge(NEW, new Command.RedeemToken("t", NOW))).isInstanceOf(Verdict.Unsure.class);
        assertThat(ProposalRules.judge(
                        GATE,
                        LIFE + 1,
                        new Entry(0, NOW, "node g", "", new Command.RedeemToken("t", NOW)),
                        state,
                        WORLD))
                .isInstanceOf(Verdict.Unsure.class);
    }

    @Test
    void letsAGatewaySendSomebodyForAnAdministratorInItsOwnNameToo() {
        Command send = new Command.IssueToken(new TransferToken("t", "s", "d", NOW + 60_000), NOW);
        assertThat(judgeAs("admin ann by node " + GATE, send)).isInstanceOf(Verdict.Allowed.class);
        assertThat(judgeAs("admin ann by node " + B, send)).isInstanceOf(Verdict.Refused.class);
        assertThat(judgeAs("admin ann", send)).isInstanceOf(Verdict.Refused.class);
        assertThat(judgeAs("admin ann by node " + GATE, new Command.DrainNode(GATE, true)))
                .isInstanceOf(Verdict.Refused.class);
    }

    private Verdict judgeAs(String author, Command command) {
        return ProposalRules.judge(GATE, LIFE, new Entry(0, NOW, author, "an event", command), state, WORLD);
    }

    @Test
    void letsANodeSayThatItIsAboutToEnd() {
        allows(A, new Command.DrainNode(A, true));
    }

    @Test
    void refusesWhatLeadersAndAdministratorsDecide() {
        refuses(A, new Command.NodeLost(B, LIFE));
        refuses(A, new Command.DrainNode(B, true));
        refuses(A, new Command.DrainNode(A, false));
        refuses(A, new Command.PutValue(Agreement.KEY, Command.PutValue.ANY, new byte[] {1}));
        refuses(A, new Command.GrantCells(List.of()));
        refuses(A, new Command.AssignCells(A, List.of(CELL)));
        refuses(A, new Command.SetStandby(CELL, 1, B));
        refuses(A, new Command.Promote(CELL, 1));
        refuses(A, new Command.BeginMove(CELL, 1, B));
        refuses(A, new Command.SetOverride("placement", "frozen"));
    }
}
