package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.server.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterLayoutTest {
    @Test
    void namesNodesInTheOrderInWhichTheyStartAndGivesNoPortTwice() {
        try (ClusterLayout layout = new ClusterLayout(wish(0), List.of())) {
            List<NodeFacts> nodes = layout.nodes();

            assertThat(nodes)
                    .extracting(NodeFacts::name)
                    .containsExactly("c1", "c2", "c3", "s1", "s2", "v1", "g1", "g2");
            List<Integer> ports = nodes.stream()
                    .flatMap(node -> Stream.of(
                            node.ports().http(),
                            node.ports().link(),
                            node.ports().raftLog()))
                    .filter(port -> port != 0)
                    .toList();
            assertThat(ports).hasSize(8 * 2 + 3).doesNotHaveDuplicates();
            assertThat(nodes).filteredOn(node -> node.ports().raftLog() != 0).hasSize(3);
        }
    }

    @Test
    void takesThePortsOfTheLastTimeAgain() {
        List<NodeFacts> first;
        try (ClusterLayout layout = new ClusterLayout(wish(0), List.of())) {
            first = layout.nodes();
        }

        try (ClusterLayout layout = new ClusterLayout(wish(0), first)) {
            assertThat(coordinators(layout.nodes())).isEqualTo(coordinators(first));
        }
    }

    @Test
    void saysThatTheWantedPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ClusterLayout layout = new ClusterLayout(wish(taken.getLocalPort()), List.of())) {
            assertThatThrownBy(layout::nodes)
                    .isInstanceOf(ClusterUnusableException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void refusesTwoCoordinators() {
        assertThatThrownBy(() -> new ClusterWish.Counts(2, 1, 0, 1)).isInstanceOf(ClusterUnusableException.class);
    }

    private static List<NodeFacts> coordinators(List<NodeFacts> nodes) {
        return IntStream.range(0, 3).mapToObj(nodes::get).toList();
    }

    private static ClusterWish wish(int port) {
        return new ClusterWish(
                Path.of("nowhere"),
                new ClusterWish.Counts(3, 2, 1, 2),
                port,
                "256m",
                false,
                new ClusterWish.Settings(
                        null,
                        Map.of(),
                        ConfigLoader.load(null, Map.of(), Map.of()).config()));
    }
}
