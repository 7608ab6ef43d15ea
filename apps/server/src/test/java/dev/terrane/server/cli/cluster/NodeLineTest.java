package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.server.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLineTest {
    private static final DatabaseAddress DATABASE =
            new DatabaseAddress("jdbc:postgresql://198.19.3.1:5432/postgres", "terrane", "secret");

    @TempDir
    Path build;

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

    @Test
    void givesEachGatewayAPortForTcpAndNobodyElse() {
        NodeFacts sim = node("s1", Role.SIM, 0, NodeFacts.Place.LOOPBACK);
        NodeFacts first = node("g1", Role.GATEWAY, 0, NodeFacts.Place.LOOPBACK);
        NodeFacts second = node("g2", Role.GATEWAY, 0, NodeFacts.Place.LOOPBACK);
        NodeLine line = new NodeLine(
                wish(Map.of("server.tcp.enabled", "true", "server.tcp.port", "7000"), new ClusterWish.Build("", false)),
                List.of(sim, first, second),
                DATABASE);

        assertThat(line.of(sim, "")).contains("server.tcp.port=7000");
        assertThat(line.of(first, "")).contains("server.tcp.port=7000");
        assertThat(line.of(second, "")).contains("server.tcp.port=7001").doesNotContain("server.tcp.port=7000");
    }

    @Test
    void startsWarmWhenItsBuildHasBeenLearned() throws IOException {
        String jar = Files.createFile(build.resolve("terrane-server.jar")).toString();
        NodeFacts sim = node("s1", Role.SIM, 0, NodeFacts.Place.LOOPBACK);
        assertThat(line(sim).of(sim, jar)).as("nothing was learned").noneMatch(word -> word.startsWith("-XX:AOT"));

        Path cache =
                Files.createFile(Files.createDirectory(build.resolve("warm")).resolve("sim.aot"));
        assertThat(line(sim).of(sim, jar)).contains("-XX:AOTCache=" + cache);

        Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
        assertThat(line(sim).of(sim, jar)).as("it was built anew").noneMatch(word -> word.startsWith("-XX:AOT"));
    }

    @Test
    void theLastOfEachRoleLearnsWhereThatIsWished() {
        NodeFacts first = node("s1", Role.SIM, 0, NodeFacts.Place.LOOPBACK);
        NodeFacts last = node("s2", Role.SIM, 0, NodeFacts.Place.LOOPBACK);
        String jar = build.resolve("terrane-server.jar").toString();
        NodeLine line = new NodeLine(wish(new ClusterWish.Build(jar, true)), List.of(first, last), DATABASE);

        assertThat(line.of(first, "")).noneMatch(word -> word.startsWith("-XX:AOT"));
        assertThat(line.of(last, ""))
                .anyMatch(word -> word.startsWith("-XX:AOTCacheOutput=" + build.resolve("warm/sim.aot")));
    }

    private static NodeFacts node(String name, Role role, int raftLog, NodeFacts.Place place) {
        return new NodeFacts(name, role, new NodeFacts.Ports(1, 2, raftLog), place, Path.of("log"), ProcessFacts.NONE);
    }

    private static NodeLine line(NodeFacts... nodes) {
        return new NodeLine(wish(new ClusterWish.Build("", false)), List.of(nodes), DATABASE);
    }

    private static ClusterWish wish(ClusterWish.Build build) {
        return wish(Map.of(), build);
    }

    private static ClusterWish wish(Map<String, String> set, ClusterWish.Build build) {
        return new ClusterWish(
                Path.of("nowhere"),
                new ClusterWish.Counts(1, 1, 0, 1),
                0,
                "256m",
                false,
                new ClusterWish.Settings(
                        null, set, ConfigLoader.load(null, Map.of(), set).config(), build));
    }
}
