package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.DatabaseStartException;
import dev.terrane.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster, all on this machine, as processes of their own, and the database that they share.
 *
 * <pre>
 *   open:  database ► coordinators ► sims, services ► gateways      close: the other way round
 * </pre>
 *
 * <p>One thread opens; any other may close meanwhile, and {@link #startAgain} comes from the door's thread. A node that ends is not started again by itself: the others are there to go on without it.
 */
public final class LocalCluster implements AutoCloseable {
    /** Each of our roles has a few pools; see the stores. */
    private static final int CONNECTIONS_PER_NODE = 40;

    private static final long READY_MILLIS_MAX = 120_000;
    private static final long END_MILLIS_MAX = 15_000;
    /** With what its JVM has learned. */
    private static final long LEARNED_MILLIS_MAX = 120_000;

    private final ClusterWish wish;
    private final ClusterProgress progress;
    private final Map<String, NodeProcess> processes = new HashMap<>();
    /** Of nodes that are of another build than this process. */
    private final Map<String, String> classPaths = new HashMap<>();

    private List<NodeFacts> nodes = List.of();
    private @Nullable CableNetwork network;
    private @Nullable LocalPostgres database;
    private @Nullable ControlDoor door;
    private @Nullable NodeLine line;
    private volatile boolean up;
    private volatile boolean closed;

    private LocalCluster(ClusterWish wish, ClusterProgress progress) {
        this.wish = wish;
        this.progress = progress;
    }

    /** Not begun yet: so that a signal during {@link #open} finds what to close. */
    public static LocalCluster of(ClusterWish wish, ClusterProgress progress) {
        return new LocalCluster(wish, progress);
    }

    /**
     * Starts everything and waits until all nodes are ready. Whoever calls it closes it, also when it fails.
     *
     * @return false if it was closed meanwhile
     * @throws ClusterUnusableException says what is in the way
     */
    public boolean open() throws InterruptedException {
        try {
            boolean open = prepare()
                    && start(Set.of(Role.COORDINATOR))
                    && start(Set.of(Role.SIM, Role.SERVICE))
                    && start(Set.of(Role.GATEWAY));
            up = open;
            return open;
        } catch (DatabaseStartException | IllegalStateException | IOException | UncheckedIOException e) {
            throw new ClusterUnusableException(String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized boolean prepare() throws IOException {
        if (closed) {
            return false;
        }
        Files.createDirectories(wish.folder());
        List<NodeFacts> last = List.of();
        ClusterFacts found = ClusterFacts.find(wish.folder()).orElse(null);
        if (found != null) {
            if (found.runs()) {
                throw new ClusterUnusableException("a cluster runs in " + wish.folder() + " already, process "
                        + found.supervisor().pid() + "; end it: terrane cluster down --data " + wish.folder());
            }
            last = found.nodes();
        }
        CableNetwork cables = layCables(last);
        try (ClusterLayout layout = new ClusterLayout(wish, last)) {
            nodes = cables == null
                    ? layout.nodes()
                    : layout.nodes().stream().map(cables::connect).toList();
            DatabaseAddress address = null;
            if (wish.settings().read().database().url().isEmpty()) {
                int connections =
                        CONNECTIONS_PER_NODE * (nodes.size() - wish.counts().coordinators());
                String beside = cables == null ? "" : cables.network();
                database = LocalPostgres.start(wish.folder(), connections, beside, progress::step);
                address = cables == null ? database.address() : database.addressAt(cables.host());
            }
            ClusterCertificateFolder.fill(
                    wish.folder(), wish.settings().read().cluster().name(), nodes);
            line = new NodeLine(wish, nodes, address);
        }
        door = ControlDoor.open(this::startAgain);
        write();
        return true;
    }

    /** @param last the nodes of the last time, whose addresses the coordinators' log remembers */
    private @Nullable CableNetwork layCables(List<NodeFacts> last) {
        int before = last.isEmpty()
                ? CableNetwork.ANY
                : CableNetwork.numberOf(last.getFirst().place().host());
        if (!last.isEmpty() && wish.cables() != (before != CableNetwork.ANY)) {
            throw new ClusterUnusableException(
                    "the cluster in %s was made %s cables, and its coordinators' log knows where its peers are; take another --data"
                            .formatted(wish.folder(), wish.cables() ? "without" : "with"));
        }
        if (!wish.cables()) {
            return null;
        }
        if (!wish.settings().read().database().url().isEmpty()) {
            throw new ClusterUnusableException(
                    "sims behind cables reach nothing but this cluster: --cables and a database of your own exclude each other");
        }
        CableNetwork laid = CableNetwork.open(before);
        network = laid;
        return laid;
    }

    private boolean start(Set<Role> roles) throws InterruptedException {
        List<String> names = new ArrayList<>();
        synchronized (this) {
            for (NodeFacts node : nodes) {
                if (closed) {
                    return false;
                }
                if (roles.contains(node.role())) {
                    names.add(node.name());
                    launch(node);
                }
            }
        }
        for (String name : names) {
            String trouble = awaitReady(name);
            synchronized (this) {
                if (closed) {
                    return false;
                }
            }
            if (!trouble.isEmpty()) {
                throw new ClusterUnusableException(trouble);
            }
        }
        return true;
    }

    /** What is in the way; empty when it is ready. */
    private String awaitReady(String name) throws InterruptedException {
        NodeProcess process;
        NodeFacts node;
        synchronized (this) {
            process = processes.get(name);
            node = node(name);
        }
        if (process == null) {
            return name + " is not there";
        }
        if (process.awaitReady(READY_MILLIS_MAX)) {
            long now = System.currentTimeMillis();
            progress.ready(node, Math.max(0, now - node.process().startedAtMillis()));
            return "";
        }
        return "%s %s. The end of its log, %s:\n%s"
                .formatted(
                        name,
                        process.alive()
                                ? "is not ready after " + TimeUnit.MILLISECONDS.toSeconds(READY_MILLIS_MAX) + " s"
                                : "ended with code " + process.exitCode(),
                        node.log(),
                        process.tail());
    }

    private void launch(NodeFacts node) {
        NodeLine how = line;
        if (how == null) {
            throw new IllegalStateException("nothing is prepared");
        }
        NodeProcess process = NodeProcess.start(
                how.of(node, classPaths.getOrDefault(node.name(), "")), how.environment(), node.log());
        processes.put(node.name(), process);
        NodeFacts running = node.with(process.facts());
        nodes = nodes.stream()
                .map(each -> each.name().equals(node.name()) ? running : each)
                .toList();
        write();
        progress.started(running);
        process.whenEnded(code -> ended(running, code));
    }

    /** On a thread that others need to hear of their processes: it must not wait, not even for {@link #close}. */
    private void ended(NodeFacts node, int code) {
        // Before it is up, a node that ends is why it does not come up, and told as that.
        if (up && !closed) {
            progress.ended(node, code);
        }
    }

    /**
     * Starts a node again whose process is gone, and waits until it is ready.
     *
     * @param classPath of the build that it is from now on; empty: as before
     * @return empty when it is ready, otherwise what is in the way
     */
    String startAgain(String name, String classPath) throws InterruptedException {
        synchronized (this) {
            if (closed) {
                return "the cluster is ending";
            }
            NodeProcess before = processes.get(name);
            if (before == null) {
                return "there is no node '" + name + "'";
            }
            // Its end may not have been noticed here yet.
            if (before.alive() && before.facts().state() != ProcessFacts.State.GONE) {
                return name + " runs, process " + before.facts().pid();
            }
            if (!classPath.isEmpty()) {
                classPaths.put(name, classPath);
            }
            launch(node(name));
        }
        return awaitReady(name);
    }

    private NodeFacts node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The nodes as they were last started. */
    public synchronized List<NodeFacts> nodes() {
        return nodes;
    }

    /** Where a player goes. */
    public synchronized String url() {
        boolean tls = !wish.settings().read().server().tls().certFile().isEmpty();
        return "%s://127.0.0.1:%d/"
                .formatted(
                        tls ? "https" : "http",
                        nodes.stream()
                                .filter(node -> node.role() == Role.GATEWAY)
                                .findFirst()
                                .orElseThrow()
                                .ports()
                                .http());
    }

    private void write() {
        LocalPostgres local = database;
        ControlDoor control = door;
        try {
            new ClusterFacts(
                            ProcessFacts.of(ProcessHandle.current()),
                            control == null ? new ClusterFacts.Door(0, "") : control.where(),
                            local == null
                                    ? wish.settings().read().database().url()
                                    : local.address().jdbcUrl(),
                            wish.settings().config() == null
                                    ? ""
                                    : wish.settings().config().toString(),
                            nodes)
                    .write(wish.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(ClusterFacts.in(wish.folder()) + " cannot be written", e);
        }
    }

    /** Ends gateways, then services and sims, coordinators, database. What does not end by itself is killed. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (door != null) {
            door.close();
        }
        end(Set.of(Role.GATEWAY));
        end(Set.of(Role.SIM, Role.SERVICE));
        end(Set.of(Role.COORDINATOR));
        if (database != null) {
            progress.step("stopping the database");
            database.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private void end(Set<Role> roles) {
        Map<String, NodeProcess> those = new LinkedHashMap<>();
        for (NodeFacts node : nodes) {
            NodeProcess process = processes.get(node.name());
            if (roles.contains(node.role()) && process != null && process.alive()) {
                those.put(node.name(), process);
            }
        }
        if (those.isEmpty()) {
            return;
        }
        progress.step("stopping " + String.join(", ", those.keySet()));
        those.values().forEach(NodeProcess::terminate);
        long end =
                System.currentTimeMillis() + (wish.settings().build().learns() ? LEARNED_MILLIS_MAX : END_MILLIS_MAX);
        those.forEach((name, process) -> {
            try {
                if (!process.awaitEnd(Math.max(1, end - System.currentTimeMillis()))) {
                    progress.step(name + " did not end by itself and was killed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.kill();
            }
        });
    }
}
