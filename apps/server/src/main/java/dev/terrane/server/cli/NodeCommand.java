package dev.terrane.server.cli;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.server.ClusterNode;
import dev.terrane.server.StartException;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.logging.Logging;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one node of a cluster until it is interrupted. */
abstract class NodeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--id", paramLabel = "NAME", description = "Name of this node (cluster.node).")
    private @Nullable String id;

    @Option(
            names = {"--coordinator", "--coordinators", "--peers"},
            paramLabel = "NAME=HOST:PORT:LOGPORT",
            split = ",",
            description = "The cluster's coordinators (cluster.coordinators).")
    private List<String> coordinators = List.of();

    @Option(
            names = "--link-port",
            paramLabel = "PORT",
            description = "Port for other nodes (cluster.port); 0 takes a free one.")
    private @Nullable String linkPort;

    @Option(
            names = "--also",
            paramLabel = "ROLE",
            split = ",",
            description = "Further roles of the same process: ${COMPLETION-CANDIDATES}.")
    private Set<Role> also = EnumSet.noneOf(Role.class);

    private final Role role;

    NodeCommand(Role role) {
        this.role = role;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> flags = new LinkedHashMap<>();
        if (id != null) {
            flags.put("cluster.node", id);
        }
        if (!coordinators.isEmpty()) {
            flags.put("cluster.coordinators", String.join(",", coordinators));
        }
        if (linkPort != null) {
            flags.put("cluster.port", linkPort);
        }
        ConfigLoader.Loaded loaded = options.load(flags);
        Logging.start(loaded.config().log().format(), loaded.config().log().level());
        Set<Role> roles = EnumSet.of(role);
        roles.addAll(also);
        try {
            UntilSignal.start(() -> ClusterNode.start(loaded.config(), roles), NodeCommand::leave);
        } catch (StartException e) {
            LoggerFactory.getLogger(NodeCommand.class)
                    .atError()
                    .setCause(e.getCause())
                    .log("{}", e.getMessage());
            return ExitCode.UNUSABLE;
        }
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static boolean leave(ClusterNode node) {
        node.leave();
        return node.close();
    }
}
