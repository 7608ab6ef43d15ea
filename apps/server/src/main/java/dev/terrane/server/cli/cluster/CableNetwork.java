package dev.terrane.server.cli.cluster;

import dev.terrane.coordinator.NodeInfo.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network on this machine in which every sim has a cable of its own, that can be cut.
 *
 * <pre>
 *   this machine, 198.19.N.1 ── host ┐ namespace terraneN: a switch     198.19.N.11, .12 … each in a namespace of its own:
 *   coordinators, gateways, database └── [switch] ── s1 ─────────────── eth0  terraneN-s1
 *                                           └─────── s2 ─────────────── eth0  terraneN-s2
 * </pre>
 *
 * <p>The switch has a namespace of its own because this machine's may have rules of a firewall for what passes through it. Needs Linux, iproute2, and to be root. What a killed process left is swept away by the next that opens one.
 * One thread.
 */
public final class CableNetwork implements AutoCloseable {
    /** Any of them is free. */
    static final int ANY = -1;

    private static final String PREFIX = "terrane";
    /** Of the block for tests of network devices (RFC 2544): nobody's real network. */
    private static final String BLOCK = "198.19.";

    private static final int NUMBER_COUNT = 256;
    private static final int FIRST_NODE = 11;
    private static final int CABLE_COUNT_MAX = 200;
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Path DEVICES = Path.of("/sys/class/net");

    private final int number;
    private int cables;
    private boolean closed;

    private CableNetwork(int number) {
        this.number = number;
    }

    /** Why there can be no cables here, for people; empty when there can. */
    public static String obstacle() {
        try (CableNetwork probe = open(ANY)) {
            Cable cable = probe.lay("probe");
            for (Cable.Cut cut : Cable.Cut.values()) {
                cable.cut(cut);
                cable.mend();
            }
            return "";
        } catch (ClusterUnusableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * Makes one without any cable.
     *
     * @param wanted its number, or {@link #ANY}
     * @throws ClusterUnusableException if that is taken, or says what is in the way
     */
    static CableNetwork open(int wanted) {
        sweep();
        CableNetwork network = new CableNetwork(claim(wanted));
        try {
            network.layToThisMachine();
            return network;
        } catch (ClusterUnusableException e) {
            network.close();
            throw e;
        }
    }

    /** The number of the network that an address is of; {@link #ANY}: of none. */
    static int numberOf(String host) {
        return host.startsWith(BLOCK) ? Integer.parseInt(host.split("\\.")[2]) : ANY;
    }

    private static int claim(int wanted) {
        for (int i = wanted == ANY ? 0 : wanted; i < NUMBER_COUNT; i++) {
            if (!isTaken(i)) {
                try {
                    Iproute.run("ip", "netns", "add", PREFIX + i);
                    return i;
                } catch (ClusterUnusableException e) {
                    if (!isTaken(i)) {
                        throw e;
                    } // somebody was faster
                }
            }
            if (wanted != ANY) {
                break;
            }
        }
        throw new ClusterUnusableException(
                wanted == ANY
                        ? "all networks " + PREFIX + "0 to " + (NUMBER_COUNT - 1) + " are in use (ip netns list)"
                        : "network " + PREFIX + wanted
                                + ", where the coordinators' log of this folder has its peers, is in use by another cluster; end that one, or take another --data");
    }

    private static boolean isTaken(int number) {
        return Files.exists(NAMESPACES.resolve(PREFIX + number));
    }

    private void layToThisMachine() {
        String device = name();
        ProcessFacts self = ProcessFacts.of(ProcessHandle.current());
        Iproute.run("ip", "link", "add", "name", device, "type", "veth", "peer", "name", "host", "netns", name());
        // First of all: whoever finds the device without a living owner may take all of it away.
        Iproute.run(
                "ip",
                "link",
                "set",
                "dev",
                device,
                "alias",
                "terrane %d %d".formatted(self.pid(), self.startedAtMillis()));
        Iproute.run("ip", "-n", name(), "link", "add", "name", "switch", "type", "bridge");
        Iproute.run("ip", "-n", name(), "link", "set", "dev", "switch", "up");
        Iproute.run("ip", "-n", name(), "link", "set", "dev", "host", "master", "switch", "up");
        Iproute.run("ip", "addr", "add", network(), "dev", device);
        Iproute.run("ip", "link", "set", "dev", device, "up");
    }

    /** Where this machine itself is. */
    String host() {
        return BLOCK + number + ".1";
    }

    /** The same with the width of the network: {@code 198.19.0.1/24}. */
    String network() {
        return host() + "/24";
    }

    /** Gives a sim its cable, and every node its address. */
    NodeFacts connect(NodeFacts node) {
        if (node.role() != Role.SIM) {
            return node.at(new NodeFacts.Place(host(), ""));
        }
        String address = BLOCK + number + "." + (FIRST_NODE + cables);
        return node.at(new NodeFacts.Place(address, lay(node.name()).namespace()));
    }

    private Cable lay(String node) {
        if (cables == CABLE_COUNT_MAX) {
            throw new ClusterUnusableException("at most " + CABLE_COUNT_MAX + " sims have room in a network");
        }
        String namespace = name() + "-" + node;
        String address = BLOCK + number + "." + (FIRST_NODE + cables++) + "/24";
        Iproute.run("ip", "netns", "add", namespace);
        Iproute.run(
                "ip",
                "-n",
                name(),
                "link",
                "add",
                "name",
                node,
                "type",
                "veth",
                "peer",
                "name",
                Cable.NODE_END,
                "netns",
                namespace);
        Iproute.run("ip", "-n", name(), "link", "set", "dev", node, "master", "switch", "up");
        Iproute.run("ip", "-n", namespace, "link", "set", "dev", "lo", "up");
        Iproute.run("ip", "-n", namespace, "addr", "add", address, "dev", Cable.NODE_END);
        Iproute.run("ip", "-n", namespace, "link", "set", "dev", Cable.NODE_END, "up");
        List<String> enter = entering(namespace);
        enter.add("true");
        Iproute.run(enter.toArray(String[]::new));
        return new Cable(namespace);
    }

    /** What stands before the words of a program that runs there. It keeps its process number, and sees all else as we do. */
    static List<String> entering(String namespace) {
        return new ArrayList<>(List.of("nsenter", "--net=" + NAMESPACES.resolve(namespace)));
    }

    private String name() {
        return PREFIX + number;
    }

    /** Takes away what belongs to processes that are gone. */
    private static void sweep() {
        for (Path device : list(DEVICES)) {
            try {
                String[] words =
                        Files.readString(device.resolve("ifalias")).strip().split(" ");
                if (words.length == 3
                        && words[0].equals(PREFIX)
                        && new ProcessFacts(Long.parseLong(words[1]), Long.parseLong(words[2]))
                                .handle()
                                .isEmpty()) {
                    remove(device.getFileName().toString());
                }
            } catch (IOException | NumberFormatException notOurs) {
                // A device that went away meanwhile, or is called something else by somebody else.
            }
        }
    }

    private static void remove(String network) {
        Iproute.runs("ip", "link", "del", "dev", network);
        for (Path namespace : list(NAMESPACES)) {
            String name = namespace.getFileName().toString();
            if (name.startsWith(network + "-")) {
                Iproute.runs("ip", "netns", "del", name);
            }
        }
        Iproute.runs("ip", "netns", "del", network);
    }

    private static List<Path> list(Path folder) {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away; the nodes in it have ended. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            remove(name());
        }
    }
}
