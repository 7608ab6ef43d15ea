package dev.terrane.placement.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodesDesiredTest {
    private static final ClusterPlan PLAN = new ClusterPlan(ClusterRules.USUAL);

    /** That many cells of 100 on that many nodes of 1000. */
    private static int desired(int nodeCount, int cellCount) {
        return PLAN.plan(cluster(nodeCount, cellCount).view()).nodesDesired();
    }

    private static TestCluster cluster(int nodeCount, int cellCount) {
        TestCluster cluster = new TestCluster();
        for (int node = 0; node < nodeCount; node++) {
            cluster.node("n" + node);
        }
        for (int cell = 0; cell < cellCount; cell++) {
            cluster.cell(cell, 100, "n0");
        }
        return cluster;
    }

    @Test
    void risesWhenTheLossOfOneCouldNotBeCarried() {
        assertThat(desired(2, 10)).isEqualTo(2);
        assertThat(desired(2, 11)).isEqualTo(3);
        assertThat(desired(3, 18)).isEqualTo(3);
        assertThat(desired(3, 21)).isEqualTo(4);
        assertThat(desired(2, 55)).as("at once to what is needed").isEqualTo(7);
    }

    @Test
    void fallsOnlyWhenItFitsWithAMarginOnOneFewer() {
        assertThat(desired(3, 9)).isEqualTo(3);
        assertThat(desired(3, 8)).isEqualTo(2);
        assertThat(desired(8, 8)).as("one at a time").isEqualTo(7);
    }

    @Test
    void neverFallsBelowItsMinimum() {
        assertThat(desired(2, 0)).isEqualTo(2);
        assertThat(desired(1, 0)).isEqualTo(2);
        assertThat(desired(0, 3)).isEqualTo(2);
        ClusterRules alone = new ClusterRules(2, 60, 5, 150, 25, 1);
        assertThat(new ClusterPlan(alone).plan(cluster(2, 8).view()).nodesDesired())
                .isEqualTo(1);
        assertThat(new ClusterPlan(alone).plan(cluster(1, 10).view()).nodesDesired())
                .isEqualTo(1);
        assertThat(new ClusterPlan(alone).plan(cluster(1, 11).view()).nodesDesired())
                .isEqualTo(3);
    }

    @Test
    void doesNotCountNodesThatAreDrained() {
        TestCluster cluster = cluster(3, 14).drain("n2");
        assertThat(PLAN.plan(cluster.view()).nodesDesired()).isEqualTo(3);
    }

    @Test
    void doesNotRiseForACellThatIsTooLargeForAnyNode() {
        TestCluster cluster = cluster(3, 0).cell(0, 900, "n0").cell(1, 100, "n1");
        assertThat(PLAN.plan(cluster.view()).nodesDesired()).isEqualTo(3);
    }

    @Test
    void risesWhenTheLargestNodeCouldNotBeSpared() {
        TestCluster cluster = cluster(2, 9).node("large", 10_000, "");
        assertThat(PLAN.plan(cluster.view()).nodesDesired()).isEqualTo(3);
        for (int cell = 0; cell < 25; cell++) {
            cluster.cell(cell, 100, "large");
        }
        assertThat(PLAN.plan(cluster.view()).nodesDesired())
                .as("both others together can do 2000 of 2500")
                .isEqualTo(4);
    }

    @Test
    void comesToRestWhenItIsFollowed() {
        for (int cellCount = 0; cellCount <= 80; cellCount++) {
            for (int from = 1; from <= 12; from += 11) {
                int count = from;
                for (int look = 0; look < 15; look++) {
                    count = desired(count, cellCount);
                }
                assertThat(desired(count, cellCount))
                        .as("%d cells, from %d nodes", cellCount, from)
                        .isEqualTo(count);
            }
        }
    }
}
