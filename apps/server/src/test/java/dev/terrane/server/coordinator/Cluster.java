package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkTimes;
import dev.terrane.link.door.ClusterCertificates;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.raft.CoordinatorPeer;
import dev.terrane.server.wire.WireSettings;
import dev.terrane.space.Partition;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Three coordinators with real logs and links, and simulated nodes, in one process. */
final class Cluster implements AutoCloseable {
    static final WorldId WORLD = new WorldId("w");
    static final int SILENCE_MILLIS = 1_500;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long MILLI = 1_000_000;
    private static final LinkTimes TIMES =
            new LinkTimes(200 * MILLI, 10_000 * MILLI, 60_000 * MILLI, 20 * MILLI, 200 * MILLI);

    final List<Coordinator> coordinators = new ArrayList<>();
    final List<SimulatedNode> nodes = new ArrayList<>();
    final WorldPlan plan;
    private final Path folder;
    private long lives = 100;

    Cluster(Path folder, int regionCount, int simsExpected) throws IOException {
        this.folder = folder;
        plan = WorldPlan.of(
                WORLD,
                Partition.parse("strip;count=%d;width=100.0;depth=100.0".formatted(regionCount)),
                20,
                simsExpected,
                true);
        List<CoordinatorPeer> peers = peers("c0", "c1", "c2");
        for (CoordinatorPeer peer : peers) {
            NodeId id = new NodeId(peer.name());
            coordinators.add(new Coordinator(
                    wire(id),
                    new CoordinatorSettings(
                            id, peers, folder.resolve(peer.name()), CoordinatorSettings.timing(SILENCE_MILLIS), plan)));
        }
    }

    /** Below those that systems give to connections that are dialled: one of them could have it by the time it is listened on. */
    private static ServerSocket free() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                int port = 10_000 + ThreadLocalRandom.current().nextInt(20_000);
                return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
            } catch (BindException taken) {
                if (tries == 100) {
                    throw taken;
                }
            }
        }
    }

    /** With ports that nobody has, all held at once, so that none is given out twice. */
    static List<CoordinatorPeer> peers(String... names) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<CoordinatorPeer> peers = new ArrayList<>();
        for (String name : names) {
            ServerSocket socket = free();
            held.add(socket);
            peers.add(new CoordinatorPeer(name, "127.0.0.1", socket.getLocalPort()));
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return peers;
    }

    private WireSettings wire(NodeId id) {
        return new WireSettings(
                new LinkHello("test", id, lives++, List.of(), LinkHello.VERSIONS),
                new LinkAddress("127.0.0.1", 0),
                ClusterCertificates.in(folder.resolve("certificates"), "test", Clock.system())
                        .of(id),
                WireSettings.LIMITS,
                TIMES);
    }

    SimulatedNode start(String name) {
        SimulatedNode node = new SimulatedNode(wire(new NodeId(name)), coordinators);
        nodes.add(node);
        return node;
    }

    Coordinator leader() {
        until("somebody leads", () -> coordinators.stream().anyMatch(Coordinator::leads));
        return coordinators.stream().filter(Coordinator::leads).findFirst().orElseThrow();
    }

    /** As a node that still beats knows it. */
    ClusterMap map() {
        return nodes.getLast().map();
    }

    CellId cell(int index) {
        return plan.cells().get(index);
    }

    static void until(String what, BooleanSupplier isSo) {
        until(() -> what, isSo);
    }

    /** @param what said when it never comes */
    static void until(Supplier<String> what, BooleanSupplier isSo) {
        long untilNanos = System.nanoTime() + PATIENCE_NANOS;
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > untilNanos) {
                throw new AssertionError("never: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        nodes.forEach(SimulatedNode::close);
        coordinators.forEach(Coordinator::close);
    }
}
