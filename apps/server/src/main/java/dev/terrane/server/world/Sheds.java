package dev.terrane.server.world;

import dev.terrane.placement.Rung;
import dev.terrane.protocol.cluster.Shed;

/** What cells, gateways and clients are told of a rung. */
public final class Sheds {
    private Sheds() {}

    public static Shed of(Rung rung) {
        return switch (rung) {
            case NORMAL -> Shed.NOTHING;
            case OPPORTUNISTIC -> Shed.OPPORTUNISTIC;
            case FAR_RINGS -> Shed.FAR_RINGS;
            case SPLIT, DILATION -> Shed.SPLIT;
        };
    }
}
