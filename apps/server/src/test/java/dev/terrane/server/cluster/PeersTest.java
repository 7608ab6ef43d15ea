package dev.terrane.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final NodeId SELF = new NodeId("a");
    private static final NodeId COORDINATOR = new NodeId("c1");
    private static final NodeId OTHER = new NodeId("b");

    private final List<String> done = new ArrayList<>();
    private final CoordinatorState state = new CoordinatorState();
    private final Peers peers = new Peers(
            SELF,
            new Peers.Dialler() {
                @Override
                public void dial(NodeId peer, String host, int port) {
                    done.add("dial " + peer + " " + host + " " + port);
                }

                @Override
                public void forget(NodeId peer) {
                    done.add("forget " + peer);
                }
            },
            List.of(COORDINATOR));

    private void apply(Command command) {
        ClusterMap before = ClusterMap.of(state);
        state.apply(1, Entry.of(1, command));
        peers.onMap(before, ClusterMap.of(state));
    }

    private void register(NodeId node, long life, int port) {
        apply(new Command.RegisterNode(new NodeInfo(node, life, List.of(NodeInfo.Role.SIM), "host:" + port, "v")));
    }

    @Test
    void dialsWhoeverTheMapNamesOnceAndAnewAtAnotherAddress() {
        register(SELF, 1, 1);
        register(COORDINATOR, 1, 2);
        register(OTHER, 1, 3);
        register(OTHER, 2, 4);
        assertThat(done).containsExactly("dial b host 3", "dial b host 4");
    }

    @Test
    void forgetsWhoeverIsLostButNoCoordinator() {
        register(COORDINATOR, 1, 2);
        register(OTHER, 1, 3);
        apply(new Command.NodeLost(OTHER, 1));
        apply(new Command.NodeLost(COORDINATOR, 1));
        assertThat(done).containsExactly("dial b host 3", "forget b");
    }
}
