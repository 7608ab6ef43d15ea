package dev.terrane.placement.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Few large cells close to what the cluster can carry: where dealing out copies one by one is hardest. */
class StandbysModelTest {
    private static final int SEED_COUNT = 500;
    private static final int LOOK_COUNT = 60;
    private static final ClusterPlan PLAN = new ClusterPlan(new ClusterRules(2, 4, 5, 150, 25, 2));

    @Test
    void carryNearlyEveryLossThatCanBeCarriedAndNoneThatCannot() {
        int possible = 0;
        int carried = 0;
        for (long seed = 1; seed <= SEED_COUNT; seed++) {
            TestCluster cluster = settled(seed);
            List<Shortage> shortages = PLAN.plan(cluster.view()).shortages();
            if (cluster.nodes.keySet().stream().anyMatch(node -> cluster.load(node) > TestCluster.CAPACITY)) {
                continue; // nothing to be promised
            }
            for (NodeId dead : cluster.nodes.keySet()) {
                boolean isPossible = isPossible(cluster, dead);
                boolean isCarried = shortages.stream()
                        .noneMatch(shortage -> shortage instanceof Shortage.LossNotCarried loss
                                && loss.lost().equals(dead));
                assertThat(isCarried && !isPossible)
                        .as("seed %d carries the loss of %s, which cannot be", seed, dead)
                        .isFalse();
                possible += isPossible ? 1 : 0;
                carried += isCarried ? 1 : 0;
            }
        }
        assertThat(possible).isGreaterThan(SEED_COUNT);
        assertThat(carried * 100L)
                .as("%d of %d losses that can be carried", carried, possible)
                .isGreaterThanOrEqualTo(possible * 99L);
    }

    private static TestCluster settled(long seed) {
        Rng rng = new Rng(seed);
        TestCluster cluster = new TestCluster();
        int nodeCount = 3 + rng.nextInt(2);
        for (int node = 0; node < nodeCount; node++) {
            cluster.node("n" + node);
        }
        int cellCount = nodeCount + rng.nextInt(8);
        float each = (nodeCount - 1) * TestCluster.CAPACITY * rng.nextFloat(0.6f, 1) / cellCount;
        for (int cell = 0; cell < cellCount; cell++) {
            cluster.cell(cell, 1 + (long) (each * rng.nextFloat(0.3f, 1.7f)));
        }
        for (int look = 0; look < LOOK_COUNT; look++) {
            cluster.apply(PLAN.plan(cluster.view()));
            cluster.pass(() -> true);
        }
        return cluster;
    }

    /** Tries every way to deal out the node's cells. */
    private static boolean isPossible(TestCluster cluster, NodeId dead) {
        List<Long> needs = cluster.cells.values().stream()
                .filter(cell -> dead.equals(cell.home().owner()))
                .map(cell -> cell.demand().countedNanos())
                .sorted(Comparator.reverseOrder())
                .toList();
        long[] room = cluster.nodes.keySet().stream()
                .filter(node -> !node.equals(dead))
                .mapToLong(node -> TestCluster.CAPACITY - cluster.load(node))
                .toArray();
        return fits(needs, room);
    }

    private static boolean fits(List<Long> needs, long[] room) {
        if (needs.isEmpty()) {
            return true;
        }
        long need = needs.getFirst();
        for (int node = 0; node < room.length; node++) {
            if (room[node] >= need) {
                room[node] -= need;
                boolean fits = fits(needs.subList(1, needs.size()), room);
                room[node] += need;
                if (fits) {
                    return true;
                }
            }
        }
        return false;
    }
}
