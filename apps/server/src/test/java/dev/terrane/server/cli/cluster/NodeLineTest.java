package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.server.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeLineTest {
    private static final DatabaseAddress DATABASE =
            new DatabaseAddress("jdbc:postgresql://198.19.3.1:5432/postgres", "terrane", "secret");

    @Test
    void aSimBehindACableRunsInItsNamespaceAndSaysItsAddress() {
        NodeFacts coordinator = node("c1", Role.COORDINATOR, 7, new NodeFacts.Place("198.19.3.1", ""));
        NodeFacts sim = node("s1", Role.SIM, 0, new NodeFacts.Place("198.19.3.11", "terrane3-s1"));

        List<String> line = line(coordinator, sim).of(sim, "");

        assertThat(line).startsWith("nsenter", "--net=/run/netns/terrane3-s1");
        assertThat(line)
                .containsSequence("--set", "cluster.host=198.19.3.11")
                .containsSequence("--peers", "c1=198.19.3.1:2:7")
                .containsSequence("--database-url", DATABASE.jdbcUrl())
                .doesNotContain(DATABASE.password());
    }

    @Test
    void withoutCablesTheAddressOfTheSettingsIsLeftAlone() {
        NodeFacts sim = node("s1", Role.SIM, 0, NodeFacts.Place.LOOPBACK);

        List<String> line = line(sim).of(sim, "");

        assertThat(line.getFirst()).endsWith("java");
        assertThat(line).noneMatch(word -> word.startsWith("cluster.host="));
    }

    private static NodeFacts node(String name, Role role, int raftLog, NodeFacts.Place place) {
        return new NodeFacts(name, role, new NodeFacts.Ports(1, 2, raftLog), place, Path.of("log"), ProcessFacts.NONE);
    }

    private static NodeLine line(NodeFacts... nodes) {
        ClusterWish wish = new ClusterWish(
                Path.of("nowhere"),
                new ClusterWish.Counts(1, 1, 0, 1),
                0,
                "256m",
                false,
                new ClusterWish.Settings(
                        null,
                        Map.of(),
                        ConfigLoader.load(null, Map.of(), Map.of()).config()));
        return new NodeLine(wish, List.of(nodes), DATABASE);
    }
}
