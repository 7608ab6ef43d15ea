package dev.terrane.server.cli.cluster;

/**
 * The one cable between a node and everybody else, the database too. Cut, it gives no answer of any kind: packets vanish, connections stay open, and nobody is told. Any process that may (root) cuts and mends; blocks.
 *
 * @param namespace of the network that the node runs in, as {@code ip netns} lists it
 */
public record Cable(String namespace) {
    /** The node's end. */
    static final String NODE_END = "eth0";

    /** Which packets vanish. */
    public enum Cut {
        /** All: the cable is pulled out. */
        BOTH,
        /** Those to the node: it is deaf. */
        IN,
        /** Those from the node: it is mute. */
        OUT;

        /** For people. */
        public String word() {
            return switch (this) {
                case BOTH -> "cut off";
                case IN -> "deaf";
                case OUT -> "mute";
            };
        }
    }

    /** @throws ClusterUnusableException if it may not be cut by us */
    public void cut(Cut cut) {
        switch (cut) {
            case BOTH -> Iproute.run("ip", "-n", network(), "link", "set", "dev", switchEnd(), "down");
            case IN -> discipline(network(), switchEnd(), "blackhole");
            case OUT -> discipline(namespace, NODE_END, "blackhole");
        }
    }

    /** As before, whatever was cut. @throws ClusterUnusableException if it may not be mended by us */
    public void mend() {
        discipline(namespace, NODE_END, "noqueue");
        discipline(network(), switchEnd(), "noqueue");
        Iproute.run("ip", "-n", network(), "link", "set", "dev", switchEnd(), "up");
    }

    /** A blackhole takes every packet for sent, so that not even the sender's own system notices. */
    private static void discipline(String namespace, String end, String kind) {
        Iproute.run("tc", "-n", namespace, "qdisc", "replace", "dev", end, "root", kind);
    }

    /** The namespace where the switch is. */
    private String network() {
        return namespace.substring(0, namespace.indexOf('-'));
    }

    /** Is called like the node. */
    private String switchEnd() {
        return namespace.substring(namespace.indexOf('-') + 1);
    }
}
