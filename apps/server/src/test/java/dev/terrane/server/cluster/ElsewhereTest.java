package dev.terrane.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
    private static final NodeId SELF = new NodeId("a");
    private static final NodeId OTHER = new NodeId("b");
    private static final CellId OURS = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId THEIRS = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final CellInput LEAVE = new CellInput.Leave(1, false);

    private final RecordedPost post = new RecordedPost();
    private final List<Integer> own = new ArrayList<>();
    private final Elsewhere elsewhere = new Elsewhere(SELF, post, (gateway, _) -> own.add(gateway), Meters.none());
    private final CoordinatorState state = new CoordinatorState();

    private void apply(Command command) {
        state.apply(1, Entry.of(1, command));
        elsewhere.follow(ClusterMap.of(state));
    }

    private void register(NodeId node) {
        apply(new Command.RegisterNode(
                new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM, NodeInfo.Role.GATEWAY), "h:1", "v")));
    }

    @Test
    void sendsToTheOwnerThatTheMapNames() {
        register(SELF);
        register(OTHER);
        apply(new Command.AssignCells(OTHER, List.of(THEIRS)));
        assertThat(elsewhere.offer(THEIRS, 1, LEAVE)).as("there is no link").isEqualTo(Admission.SEALED);
        post.linked.add(OTHER);
        assertThat(elsewhere.offer(THEIRS, 1, LEAVE)).isEqualTo(Admission.ACCEPTED);
        assertThat(post.takeFor(OTHER)).containsExactly(new NodeMessage.ToCell(THEIRS, 1, LEAVE));
    }

    @Test
    void holdsBackWhatIsForNobodyOrForACellOnItsWayIntoItsSeatHere() {
        register(SELF);
        post.linked.add(SELF);
        assertThat(elsewhere.offer(THEIRS, 1, LEAVE)).isEqualTo(Admission.SEALED);
        apply(new Command.AssignCells(SELF, List.of(OURS)));
        assertThat(elsewhere.offer(OURS, 1, LEAVE)).isEqualTo(Admission.SEALED);
        assertThat(post.told).isEmpty();
    }

    @Test
    void findsGatewaysByTheSlotOfTheirNode() {
        register(SELF);
        register(OTHER);
        post.linked.add(OTHER);
        int first = Elsewhere.GATEWAYS_PER_SLOT;
        CellOutput up = new CellOutput.CellUp(OURS, 1);
        assertThat(elsewhere.offer(first + 3, up)).isTrue();
        assertThat(own).containsExactly(first + 3);
        assertThat(elsewhere.offer(2 * first, up)).isTrue();
        assertThat(post.takeFor(OTHER)).containsExactly(new NodeMessage.ToGateway(2 * first, up));
        assertThat(elsewhere.offer(3 * first, up)).as("nobody has that slot").isFalse();
    }
}
