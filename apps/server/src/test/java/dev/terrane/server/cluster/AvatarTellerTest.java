package dev.terrane.server.cluster;

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
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.AvatarSeen.What;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AvatarTellerTest {
    private static final NodeId COORDINATOR = new NodeId("c1");
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final CharacterId BOB = new CharacterId(new UUID(2, 2));
    private static final CellId HERE = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId THERE = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final CellEpoch IN_HERE = new CellEpoch(HERE, 1);
    private static final CellEpoch IN_THERE = new CellEpoch(THERE, 1);

    private final RecordedPost post = new RecordedPost();
    private final AvatarTeller teller = new AvatarTeller(post);

    private List<NodeMessage> tell() {
        teller.tell(ClusterMap.EMPTY, List.of(COORDINATOR));
        return post.takeFor(COORDINATOR);
    }

    private static AvatarSeen seen(What what, CharacterId who, CellId cell, int ownership) {
        CellEpoch by = what == What.LEFT || cell.equals(HERE) ? IN_HERE : IN_THERE;
        return new AvatarSeen(what, who, cell, who.value().getLeastSignificantBits(), ownership, by);
    }

    @Test
    void tellsEverythingOnANewLinkAndThenWhatChanges() {
        teller.arrived(IN_HERE, ANN, 1, 1);
        assertThat(tell()).isEmpty(); // no link yet
        post.linked.add(COORDINATOR);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(true, List.of(seen(What.HERE, ANN, HERE, 1))));
        teller.arrived(IN_HERE, BOB, 2, 1);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(false, List.of(seen(What.HERE, BOB, HERE, 1))));
        assertThat(tell()).isEmpty();
    }

    @Test
    void doesNotCountAsItsOwnWhoHasLeft() {
        post.linked.add(COORDINATOR);
        teller.arrived(IN_HERE, ANN, 1, 1);
        teller.leftTowards(IN_HERE, THERE, ANN, 1, 2);
        for (int i = 0; i <= AvatarTeller.DEPARTED_TELLS; i++) {
            tell();
        }
        teller.lost(COORDINATOR);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(true, List.of()));
    }

    @Test
    void namesAmongEverythingWhoIsOnHisWay() {
        teller.arrived(IN_HERE, ANN, 1, 1);
        teller.leftTowards(IN_HERE, THERE, ANN, 1, 2);
        tell();
        post.linked.add(COORDINATOR);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(true, List.of(seen(What.LEFT, ANN, THERE, 2))));
        teller.lost(COORDINATOR);
        teller.arrived(IN_HERE, ANN, 1, 3);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(true, List.of(seen(What.HERE, ANN, HERE, 3))));
    }

    @Test
    void keepsAnAvatarThatArrivedInANeighbourBeforeItsFormerCellReportedItsLeave() {
        post.linked.add(COORDINATOR);
        teller.arrived(IN_HERE, ANN, 1, 1);
        teller.arrived(IN_THERE, ANN, 1, 2);
        teller.leftTowards(IN_HERE, THERE, ANN, 1, 2);
        assertThat(tell()).containsExactly(new NodeMessage.AvatarNews(true, List.of(seen(What.HERE, ANN, THERE, 2))));
    }

    @Test
    void doesNotNameWhoWasInACellThatHasGoneOnUnderALaterEpoch() {
        CoordinatorState state = new CoordinatorState();
        NodeId node = new NodeId("n");
        apply(state, new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "1")));
        apply(state, new Command.AssignCells(node, List.of(HERE, THERE)));
        teller.arrived(IN_HERE, ANN, 1, 1);
        teller.arrived(IN_THERE, BOB, 2, 1);
        apply(state, new Command.RenewCell(HERE, 1));
        post.linked.add(COORDINATOR);
        teller.tell(ClusterMap.of(state), List.of(COORDINATOR));
        assertThat(post.takeFor(COORDINATOR))
                .containsExactly(new NodeMessage.AvatarNews(
                        true, List.of(new AvatarSeen(What.HERE, BOB, THERE, 2, 1, IN_THERE))));
    }

    private static void apply(CoordinatorState state, Command command) {
        assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
    }
}
