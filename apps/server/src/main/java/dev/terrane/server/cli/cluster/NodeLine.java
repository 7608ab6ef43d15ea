package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.server.config.TcpConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of a node: this very program and JVM, other words. */
final class NodeLine {
    /** Not the nodes' affair: heaps of their own, and what watches a JVM watches this one. */
    private static final List<String> NOT_PASSED_ON =
            List.of("-Xms", "-Xmx", "-XX:AOT", "-agentlib", "-agentpath", "-javaagent");

    /** Whoever has these knows too little of a node to wait for it. */
    private static final Set<String> SILENT_LEVELS = Set.of("warn", "error");

    /** Where nodes wait for each other's processors, a quarter of a second without a word means nothing: they would be taken for lost while they start. */
    private static final int SHARED_SILENCE_MILLIS = 1_500;

    private static final String MAIN = "dev.terrane.server.cli.Main";

    private final ClusterWish wish;
    private final List<NodeFacts> nodes;
    private final @Nullable DatabaseAddress local;

    /** @param local the database that was started for the cluster, where all nodes find it; null if it has its own */
    NodeLine(ClusterWish wish, List<NodeFacts> nodes, @Nullable DatabaseAddress local) {
        this.wish = wish;
        this.nodes = nodes;
        this.local = local;
    }

    /** @param classPath of its build; empty: this one's */
    List<String> of(NodeFacts node, String classPath) {
        List<String> line = new ArrayList<>(
                node.cable().map(Cable::namespace).map(CableNetwork::entering).orElseGet(List::of));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> NOT_PASSED_ON.stream().noneMatch(argument::startsWith))
                .forEach(line::add);
        String build = classPath.isEmpty() ? ourBuild() : classPath;
        line.addAll(learns(node) ? WarmCache.learn(build, node.word()) : WarmCache.use(build, node.word()));
        line.addAll(List.of("-Xms64m", "-Xmx" + wish.heap(), "-cp", build, MAIN));
        line.addAll(List.of(node.word(), "--id", node.name()));
        if (node.role() == Role.GATEWAY && wish.counts().services() == 0) {
            line.addAll(List.of("--also", "service")); // or commands would wait for ever
        }
        line.addAll(List.of(
                "--peers",
                String.join(
                        ",",
                        nodes.stream()
                                .filter(peer -> peer.ports().raftLog() != 0)
                                .map(NodeFacts::address)
                                .toList())));
        line.addAll(List.of("--port", Integer.toString(node.ports().http())));
        line.addAll(List.of("--link-port", Integer.toString(node.ports().link())));
        line.addAll(List.of(
                "--data", wish.folder().resolve("nodes").resolve(node.name()).toString()));
        Path config = wish.settings().config();
        if (config != null) {
            line.addAll(List.of("--config", config.toString()));
        }
        if (local != null) {
            line.addAll(List.of("--database-url", local.jdbcUrl()));
        }
        settings(node).forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        return line;
    }

    private String ourBuild() {
        String wished = wish.settings().build().classPath();
        return wished.isEmpty() ? System.getProperty("java.class.path") : wished;
    }

    private boolean learns(NodeFacts node) {
        return wish.settings().build().learns()
                && nodes.stream()
                        .filter(each -> each.role() == node.role())
                        .reduce(node, (_, last) -> last)
                        .name()
                        .equals(node.name());
    }

    private Map<String, String> settings(NodeFacts node) {
        Map<String, String> settings = new LinkedHashMap<>(wish.settings().set());
        if (!node.place().equals(NodeFacts.Place.LOOPBACK)) {
            settings.put("cluster.host", node.place().host());
        }
        settings.putIfAbsent(
                "cluster.simsExpected", Integer.toString(wish.counts().sims()));
        TcpConfig tcp = wish.settings().read().server().tcp();
        if (node.role() == Role.GATEWAY && tcp.enabled() && tcp.port() != 0) {
            settings.put("server.tcp.port", Integer.toString(tcp.port() + numberAmongGateways(node)));
        }
        if (nodes.size() > Runtime.getRuntime().availableProcessors()) {
            settings.putIfAbsent("cluster.silence", Integer.toString(SHARED_SILENCE_MILLIS));
        }
        settings.put(
                "cluster.certificates",
                ClusterCertificateFolder.in(wish.folder()).toString());
        if (local != null) {
            settings.put("database.user", local.user());
        }
        if (SILENT_LEVELS.contains(wish.settings().read().log().level())) {
            settings.put("log.level", "info");
        }
        return settings;
    }

    /** From 0: all of them are on this machine, and each needs ports of its own. */
    private int numberAmongGateways(NodeFacts node) {
        return nodes.stream()
                .filter(each -> each.role() == Role.GATEWAY)
                .map(NodeFacts::name)
                .toList()
                .indexOf(node.name());
    }

    /** What is added to the environment: nobody else may read it there. */
    Map<String, String> environment() {
        return local == null ? Map.of() : Map.of("TERRANE_DATABASE_PASSWORD", local.password());
    }
}
