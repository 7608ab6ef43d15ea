package dev.terrane.placement.cluster;

import static dev.terrane.placement.cluster.TestCluster.cellId;
import static dev.terrane.placement.cluster.TestCluster.id;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import org.jspecify.annotations.Nullable;

/** Clusters by seed: idle ones and overloaded ones, in the middle of whatever has happened to them. */
final class RandomClusters {
    private static final String[] DOMAINS = {"", "", "x", "y"};

    private RandomClusters() {}

    /** At least one of its nodes takes cells. */
    static TestCluster any(long seed) {
        Rng rng = new Rng(seed);
        TestCluster cluster = new TestCluster();
        int nodeCount = 1 + rng.nextInt(8);
        for (int node = 0; node < nodeCount; node++) {
            long capacity = rng.chance(0.7f) ? TestCluster.CAPACITY : 500 + rng.nextInt(4) * 500L;
            cluster.node(name(node), capacity, DOMAINS[rng.nextInt(DOMAINS.length)]);
            if (node > 0 && rng.chance(0.15f)) {
                cluster.drain(name(node));
            }
        }
        int regionCount = rng.nextInt(40);
        int needMax = 1 + (int) (2 * TestCluster.CAPACITY * nodeCount * (0.1f + rng.nextFloat()) / (regionCount + 1));
        for (int region = 0; region < regionCount; region++) {
            int layerCount = rng.chance(0.1f) ? 3 : 1;
            for (int layer = 0; layer < layerCount; layer++) {
                long need = rng.chance(0.1f) ? 0 : rng.nextInt(needMax);
                CellId cell = cellId(region, layer);
                cluster.put(cell, TestCluster.demand(need), home(rng, nodeCount, cluster.step));
                if (layer == 0 && rng.chance(0.1f)) {
                    cluster.pin(region, name(rng.nextInt(nodeCount + 1)));
                }
            }
        }
        cluster.row(0, regionCount);
        cluster.isFrozen = rng.chance(0.1f);
        return cluster;
    }

    /** Few enough to try all placements. */
    static TestCluster tiny(long seed) {
        Rng rng = new Rng(seed);
        TestCluster cluster = new TestCluster();
        int nodeCount = 1 + rng.nextInt(3);
        for (int node = 0; node < nodeCount; node++) {
            cluster.node(name(node), rng.chance(0.5f) ? TestCluster.CAPACITY : 500 + rng.nextInt(1500), "");
        }
        int cellCount = 1 + rng.nextInt(6);
        for (int cell = 0; cell < cellCount; cell++) {
            cluster.put(cellId(cell), TestCluster.demand(rng.nextInt(900)), home(rng, nodeCount, cluster.step));
        }
        return cluster.row(0, cellCount);
    }

    private static Home home(Rng rng, int nodeCount, long step) {
        NodeId owner = node(rng, nodeCount);
        NodeId standby = node(rng, nodeCount);
        boolean isTwice = owner != null && owner.equals(standby);
        long sinceStep = step - rng.nextInt(10);
        return isTwice || standby == null
                ? new Home(owner, null, false, false, sinceStep)
                : new Home(owner, standby, rng.chance(0.6f), owner != null && rng.chance(0.03f), sinceStep);
    }

    /** Sometimes none, sometimes one that is dead. */
    private static @Nullable NodeId node(Rng rng, int nodeCount) {
        return rng.chance(0.2f) ? null : id(name(rng.nextInt(nodeCount + (rng.chance(0.1f) ? 1 : 0))));
    }

    private static String name(int node) {
        return "n" + node;
    }
}
