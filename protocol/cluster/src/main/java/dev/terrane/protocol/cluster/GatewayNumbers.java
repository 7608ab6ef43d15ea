package dev.terrane.protocol.cluster;

/**
 * How gateways are numbered over a whole cluster: {@code slot · 64 + local number}. A slot is of one life of one node and never used again, so neither is a number; a
 * process that is no node of a cluster has slot 0.
 */
public final class GatewayNumbers {
    /** Gateways of one node. */
    public static final int PER_NODE_MAX = 64;

    private GatewayNumbers() {}

    /** @param local 0 to {@link #PER_NODE_MAX} − 1 */
    public static int of(int slot, int local) {
        if (slot < 0 || slot > Integer.MAX_VALUE / PER_NODE_MAX - 1 || local < 0 || local >= PER_NODE_MAX) {
            throw new IllegalArgumentException("no gateway is number " + local + " of slot " + slot);
        }
        return slot * PER_NODE_MAX + local;
    }

    public static int slot(int number) {
        return Math.floorDiv(number, PER_NODE_MAX);
    }

    public static int local(int number) {
        return Math.floorMod(number, PER_NODE_MAX);
    }
}
