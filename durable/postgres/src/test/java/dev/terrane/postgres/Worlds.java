package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.Checkpoint;
import java.util.UUID;

/** Names and states for tests. */
final class Worlds {
    static final NodeId NODE = new NodeId("node-1");
    static final NodeId OTHER_NODE = new NodeId("node-2");

    private Worlds() {}

    /** A world that no other test has, not even in an earlier run. */
    static WorldId fresh() {
        return new WorldId("w" + UUID.randomUUID().toString().replace("-", "").substring(0, 30));
    }

    static CellId cell(WorldId world, int a, int b) {
        return new CellId(world, new RegionId(a, b), 0);
    }

    /** A checkpoint whose bytes follow from its tick. */
    static Checkpoint checkpoint(CellId cell, long epoch, long tick) {
        return new Checkpoint(cell, epoch, tick, 1, -7, Rng.mix(tick), state(tick, 5_000));
    }

    static byte[] state(long seed, int length) {
        Rng rng = new Rng(seed);
        byte[] state = new byte[length];
        for (int i = 0; i < length; i++) {
            state[i] = (byte) rng.nextInt(5);
        }
        return state;
    }
}
