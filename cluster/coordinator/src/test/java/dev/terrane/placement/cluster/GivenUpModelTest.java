package dev.terrane.placement.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters by seed in which some nodes did not follow some cells. */
class GivenUpModelTest {
    private static final ClusterPlan PLAN = new ClusterPlan(ClusterRules.USUAL);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    private static TestCluster cluster(long seed) {
        TestCluster cluster = RandomClusters.any(seed);
        Rng rng = new Rng(~seed);
        for (CellId cell : List.copyOf(cluster.cells.keySet())) {
            List<NodeId> by = new ArrayList<>();
            for (NodeId node : cluster.nodes.keySet()) {
                if (rng.chance(0.3f)) {
                    by.add(rng.nextInt(by.size() + 1), node);
                }
            }
            cluster.givenUp(cell, by.toArray(NodeId[]::new));
        }
        return cluster;
    }

    /** Nobody goes from a place that it has to one that failed it, and who has none gets the one that failed it longest ago, if all have. */
    @ParameterizedTest
    @MethodSource("seeds")
    void preferAnyOtherNode(long seed) {
        TestCluster cluster = cluster(seed);
        ClusterDecision decision = PLAN.plan(cluster.view());
        List<CellId> moving = decision.moves().stream().map(ClusterMove::cell).toList();
        for (StandbyChange change : decision.standbys()) {
            ClusterCell cell = cluster.get(change.cell());
            if (change.node() == null || moving.contains(change.cell())) {
                continue;
            }
            int at = cell.givenUp().indexOf(change.node());
            for (ClusterNode other : cluster.nodes.values()) {
                if (!other.isDraining() && !other.id().equals(cell.home().owner())) {
                    assertThat(cell.givenUp().indexOf(other.id()))
                            .as("seed %d: %s of %s instead of %s", seed, change, cell, other)
                            .isGreaterThanOrEqualTo(at);
                }
            }
        }
    }

    /** A copy that has found a place keeps it: the plan does not send it to and fro between a node with room and one that follows. */
    @ParameterizedTest
    @MethodSource("seeds")
    void comesToRest(long seed) {
        TestCluster cluster = cluster(seed);
        Map<CellId, Integer> changes = new TreeMap<>();
        int looksMax = 100 + 20 * cluster.cells.size();
        int quiet = 0;
        for (int look = 0; quiet < 3; look++) {
            assertThat(look)
                    .as("seed %d: looks until it comes to rest, %s", seed, changes)
                    .isLessThan(looksMax);
            ClusterDecision decision = PLAN.plan(cluster.view());
            decision.standbys().forEach(change -> changes.merge(change.cell(), 1, Integer::sum));
            cluster.apply(decision);
            cluster.pass(() -> true);
            boolean isQuiet = decision.assignments().isEmpty()
                    && decision.standbys().isEmpty()
                    && decision.moves().isEmpty();
            quiet = isQuiet ? quiet + 1 : 0;
        }
    }
}
