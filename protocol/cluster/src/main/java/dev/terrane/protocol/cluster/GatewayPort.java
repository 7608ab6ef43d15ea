package dev.terrane.protocol.cluster;

/** The way to any gateway, by its number. Any thread may call it; it never blocks. */
public interface GatewayPort {
    /**
     * Leaves a message, which the gateway may read only when somebody wakes it: cells need not care, for whoever ticks them does that; others have to.
     * False when the gateway is gone or its inbox is full; a dropped {@link CellFrame} is healed by full slices.
     */
    boolean offer(int gateway, CellOutput message);
}
