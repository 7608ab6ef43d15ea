package dev.terrane.placement.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.Headroom;
import dev.terrane.placement.cluster.ClusterDecision.Reason;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of docs/PLACEMENT.md, number by number. Whoever changes one changes the other. */
class PlacementPageTest {
    private static final long MILLIS = 1_000_000;

    private enum Region {
        HARBOUR,
        MARKET,
        CASTLE,
        FOREST,
        TOWN,
        MILL,
        MEADOW,
        FERRY
    }

    private static CellId cell(Region region) {
        return new CellId(new WorldId("isle"), new RegionId(region.ordinal(), 0), 0);
    }

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static ClusterCell on(int node, Region region, long millis) {
        Home home = new Home(node(node), null, false, false, 0);
        return new ClusterCell(cell(region), home, new CellDemand(10, millis * MILLIS, 0, 0), null, List.of());
    }

    @Test
    void saysWhatThePlanDecides() {
        List<ClusterNode> nodes = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            nodes.add(new ClusterNode(node(number), 4_000 * MILLIS, false, 0, ""));
        }
        List<ClusterCell> cells = List.of(
                on(1, Region.HARBOUR, 900),
                on(1, Region.MARKET, 800),
                on(1, Region.CASTLE, 700),
                on(1, Region.FOREST, 500),
                on(2, Region.TOWN, 1000),
                on(2, Region.MILL, 800),
                on(3, Region.MEADOW, 700),
                on(3, Region.FERRY, 500));
        List<Border> borders = List.of(
                new Border(cell(Region.HARBOUR), cell(Region.MARKET)),
                new Border(cell(Region.CASTLE), cell(Region.FOREST)),
                new Border(cell(Region.FOREST), cell(Region.MEADOW)));
        ClusterDecision decision =
                new ClusterPlan(ClusterRules.USUAL).plan(new ClusterView(1000, nodes, cells, borders, false));
        assertThat(decision.moves()).containsExactly(new ClusterMove(cell(Region.FOREST), node(3), Reason.HEADROOM));
        assertThat(decision.standbys())
                .containsExactlyInAnyOrder(
                        new StandbyChange(cell(Region.FOREST), node(3)),
                        new StandbyChange(cell(Region.HARBOUR), node(3)),
                        new StandbyChange(cell(Region.MARKET), node(2)),
                        new StandbyChange(cell(Region.CASTLE), node(2)),
                        new StandbyChange(cell(Region.TOWN), node(3)),
                        new StandbyChange(cell(Region.MILL), node(1)),
                        new StandbyChange(cell(Region.MEADOW), node(2)),
                        new StandbyChange(cell(Region.FERRY), node(1)));
        assertThat(decision.headroom())
                .extracting(Headroom::loadNanos)
                .containsExactly(2_900 * MILLIS, 1_800 * MILLIS, 1_200 * MILLIS);
        assertThat(decision.headroom())
                .extracting(Headroom::afterLossNanos)
                .containsExactly(3_200 * MILLIS, 3_300 * MILLIS, 2_700 * MILLIS);
        assertThat(decision.headroom().getFirst().limitNanos() / MILLIS).isEqualTo(2_666);
        assertThat(decision.nodesDesired()).isEqualTo(3);
        assertThat(decision.shortages()).isEmpty();
    }
}
