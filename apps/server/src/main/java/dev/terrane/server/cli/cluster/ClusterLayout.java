package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives nodes names and ports: c1…, s1…, v1…, g1…. A port of the last time is taken again if it is free, for the coordinators' log remembers where its peers were. All chosen ports are held until
 * {@link #close}, so that none is given twice.
 */
final class ClusterLayout implements AutoCloseable {
    private static final int PORT_MAX = 65_535;
    private static final int PORT_FROM = 10_000;
    private static final int PORT_COUNT = 20_000;
    private static final int PORT_TRIES_MAX = 200;

    private final ClusterWish wish;
    private final Map<String, NodeFacts> before = new HashMap<>();
    private final List<ServerSocket> held = new ArrayList<>();

    /** @param last the nodes of the last time */
    ClusterLayout(ClusterWish wish, List<NodeFacts> last) {
        this.wish = wish;
        last.forEach(node -> before.put(node.name(), node));
    }

    /** In the order in which they start. */
    List<NodeFacts> nodes() {
        List<NodeFacts> nodes = new ArrayList<>();
        ClusterWish.Counts counts = wish.counts();
        // The gateways' ports are wishes, so they come before what takes any.
        List<NodeFacts> gateways = some(Role.GATEWAY, "g", counts.gateways());
        nodes.addAll(some(Role.COORDINATOR, "c", counts.coordinators()));
        nodes.addAll(some(Role.SIM, "s", counts.sims()));
        nodes.addAll(some(Role.SERVICE, "v", counts.services()));
        nodes.addAll(gateways);
        return nodes;
    }

    private List<NodeFacts> some(Role role, String letter, int count) {
        List<NodeFacts> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = letter + i;
            NodeFacts last = before.get(name);
            NodeFacts.Ports old = last == null ? new NodeFacts.Ports(0, 0, 0) : last.ports();
            nodes.add(new NodeFacts(
                    name,
                    role,
                    new NodeFacts.Ports(
                            role == Role.GATEWAY ? gatewayPort(i) : port(old.http()),
                            port(old.link()),
                            role == Role.COORDINATOR ? port(old.raftLog()) : 0),
                    NodeFacts.Place.LOOPBACK,
                    wish.folder().resolve("logs").resolve(name + ".log"),
                    ProcessFacts.NONE));
        }
        return nodes;
    }

    private int gatewayPort(int index) {
        int wanted = wish.port() == 0 ? 0 : wish.port() + index - 1;
        if (index > 1) {
            return port(wanted > PORT_MAX ? 0 : wanted);
        }
        int got = port(wanted);
        if (wanted != 0 && got != wanted) {
            throw new ClusterUnusableException(
                    "port " + wanted + " is in use; take another: terrane cluster up --port 9000 (0: any)");
        }
        return got;
    }

    /** This one if it is free, or another. */
    private int port(int wanted) {
        if (wanted == 0) {
            return any();
        }
        try {
            return hold(wanted);
        } catch (IOException taken) {
            return any();
        }
    }

    /** Below those that systems give to connections that are dialled: one of the nodes could have it by the time another listens on it. */
    private int any() {
        for (int tries = 1; ; tries++) {
            try {
                return hold(PORT_FROM + ThreadLocalRandom.current().nextInt(PORT_COUNT));
            } catch (IOException e) {
                if (tries == PORT_TRIES_MAX) {
                    throw new UncheckedIOException("no port is free", e);
                }
            }
        }
    }

    private int hold(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return socket.getLocalPort();
    }

    /** Lets the ports go, for the nodes to take. */
    @Override
    public void close() {
        for (ServerSocket socket : held) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        held.clear();
    }
}
