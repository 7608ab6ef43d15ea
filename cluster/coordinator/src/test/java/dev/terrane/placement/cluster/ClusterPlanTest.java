package dev.terrane.placement.cluster;

import static dev.terrane.placement.cluster.TestCluster.cellId;
import static dev.terrane.placement.cluster.TestCluster.demand;
import static dev.terrane.placement.cluster.TestCluster.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.placement.cluster.ClusterDecision.Assignment;
import dev.terrane.placement.cluster.ClusterDecision.ClusterMove;
import dev.terrane.placement.cluster.ClusterDecision.Headroom;
import dev.terrane.placement.cluster.ClusterDecision.Reason;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who owns which cell, and who moves. Standbys and the wished number of nodes have tests of their own. */
class ClusterPlanTest {
    private static final ClusterPlan PLAN = new ClusterPlan(ClusterRules.USUAL);

    private static TestCluster nodes(String... names) {
        TestCluster cluster = new TestCluster();
        for (String name : names) {
            cluster.node(name);
        }
        return cluster;
    }

    private static ClusterDecision plan(TestCluster cluster) {
        return PLAN.plan(cluster.view());
    }

    private static Map<CellId, NodeId> assigned(TestCluster cluster) {
        Map<CellId, NodeId> found = new TreeMap<>();
        plan(cluster).assignments().forEach(assigned -> found.put(assigned.cell(), assigned.node()));
        return found;
    }

    @Test
    void putsNeighboursTogetherWhileThereIsHeadroom() {
        TestCluster cluster = nodes("a", "b").row(0, 3);
        for (int region = 0; region < 4; region++) {
            cluster.cell(region, 100);
        }
        cluster.cell(9, 100);
        assertThat(assigned(cluster))
                .containsEntry(cellId(0), id("a"))
                .containsEntry(cellId(1), id("a"))
                .containsEntry(cellId(2), id("a"))
                .containsEntry(cellId(3), id("a"))
                .containsEntry(cellId(9), id("b"));
    }

    @Test
    void putsNeighboursApartWhereHeadroomEnds() {
        TestCluster cluster = nodes("a", "b").row(0, 7);
        for (int region = 0; region < 8; region++) {
            cluster.cell(region, 100);
        }
        assertThat(assigned(cluster).values())
                .as("half of a node's capacity is for the loss of the other")
                .containsExactly(id("a"), id("a"), id("a"), id("a"), id("a"), id("b"), id("b"), id("b"));
    }

    @Test
    void knowsLayersOfOneRegionAsNeighbours() {
        TestCluster cluster = nodes("a", "b").cell(0, 10, "a").cell(1, 50, "b");
        cluster.put(cellId(1, 1), demand(100), Home.NONE);
        assertThat(assigned(cluster)).containsExactly(Map.entry(cellId(1, 1), id("b")));
    }

    @Test
    void spreadsCellsThatWereNeverMeasuredInBlocks() {
        TestCluster cluster = nodes("a", "b", "c").row(0, 8);
        for (int region = 0; region < 9; region++) {
            cluster.cell(region, 0);
        }
        assertThat(assigned(cluster).values())
                .containsExactly(id("a"), id("a"), id("a"), id("b"), id("b"), id("b"), id("c"), id("c"), id("c"));
    }

    @Test
    void weighsCellsThatWereNeverMeasuredByTheirTickRate() {
        TestCluster cluster = nodes("a", "b");
        cluster.put(cellId(0), new CellDemand(30, 0, 0, 0), Home.NONE);
        for (int region = 1; region < 4; region++) {
            cluster.put(cellId(region), new CellDemand(10, 0, 0, 0), Home.NONE);
        }
        assertThat(assigned(cluster).values()).containsExactly(id("a"), id("b"), id("b"), id("b"));
    }

    @Test
    void takesAnOwnerThatIsNotThereForNone() {
        TestCluster cluster = nodes("a").cell(0, 100, "dead");
        assertThat(plan(cluster).assignments()).containsExactly(new Assignment(cellId(0), id("a"), false));
    }

    @Test
    void promotesAWholeCopyWhateverAPinSays() {
        TestCluster cluster = nodes("a", "b");
        cluster.put(cellId(0), demand(100), new Home(null, id("b"), true, false, 0))
                .pin(0, "a");
        assertThat(plan(cluster).assignments()).containsExactly(new Assignment(cellId(0), id("b"), true));
    }

    @Test
    void startsACellOnItsPin() {
        TestCluster cluster =
                nodes("a", "b").cell(0, 100).pin(0, "b").cell(1, 100).pin(1, "dead");
        assertThat(assigned(cluster)).containsEntry(cellId(0), id("b")).containsEntry(cellId(1), id("a"));
    }

    @Test
    void leavesLoadsUnevenWhileThereIsHeadroom() {
        TestCluster cluster = nodes("a", "b").cell(0, 350, "a", "b").cell(1, 100, "a", "b");
        cluster.cell(2, 10, "b", "a").cell(3, 10, "b", "a");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).isEmpty();
        assertThat(decision.standbys()).isEmpty();
        assertThat(decision.shortages()).isEmpty();
    }

    // ---- numbers of cells

    /** Eight cells in a row on a, whose copies are on b. */
    private static TestCluster crowded() {
        TestCluster cluster = nodes("a", "b").row(0, 7);
        for (int region = 0; region < 8; region++) {
            cluster.cell(region, 10, "a", "b");
        }
        return cluster;
    }

    @Test
    void givesCellsToANodeThatHasFewOneAtATime() {
        assertThat(plan(crowded()).moves())
                .as("an end of the row has the fewest neighbours")
                .containsExactly(new ClusterMove(cellId(0), id("b"), Reason.SPREAD));
    }

    @Test
    void isContentWhenTheNumbersOfCellsAreNotFarApart() {
        TestCluster cluster = crowded();
        for (int look = 0; look < 1_000; look++) {
            cluster.apply(plan(cluster));
            cluster.pass(() -> true);
        }
        assertThat(IntStream.range(0, 8).mapToObj(cluster::owner))
                .as("b is asked for a neighbour of what it has each time, and five are not 1.5 times as many as four")
                .containsExactly(id("b"), id("b"), id("b"), id("a"), id("a"), id("a"), id("a"), id("a"));
    }

    @Test
    void countsCellsByWhatANodeCanDo() {
        TestCluster cluster =
                new TestCluster().node("large", 3 * TestCluster.CAPACITY, "").node("small");
        cluster.cell(0, 10, "large", "small").cell(1, 10, "large", "small").cell(2, 10, "large", "small");
        cluster.cell(3, 10, "small", "large");
        assertThat(plan(cluster).moves()).isEmpty();
    }

    @Test
    void spreadsNothingThatHasJustCome() {
        TestCluster cluster = nodes("a", "b");
        long now = cluster.step;
        for (int region = 0; region < 8; region++) {
            cluster.put(cellId(region), demand(10), new Home(id("a"), id("b"), true, false, now - 59));
        }
        assertThat(plan(cluster).moves()).isEmpty();
        cluster.pass(() -> false);
        assertThat(plan(cluster).moves()).hasSize(1);
    }

    @Test
    void spreadsNothingToANodeThatHasJustStarted() {
        TestCluster cluster = crowded();
        cluster.nodes.put(id("b"), new ClusterNode(id("b"), TestCluster.CAPACITY, false, cluster.step - 59, ""));
        assertThat(plan(cluster).moves()).isEmpty();
        cluster.pass(() -> false);
        assertThat(plan(cluster).moves()).hasSize(1);
    }

    @Test
    void spreadsNothingWhileAnythingElseMoves() {
        assertThat(plan(crowded().pin(5, "b")).moves())
                .containsExactly(new ClusterMove(cellId(5), id("b"), Reason.PINNED));
        TestCluster moving = crowded().put(cellId(3), demand(10), new Home(id("a"), id("b"), true, true, 0));
        assertThat(plan(moving).moves()).isEmpty();
    }

    @Test
    void makesACopyFirstWhereANodeIsNew() {
        TestCluster cluster = crowded().node("c");
        for (int region = 20; region < 24; region++) {
            cluster.cell(region, 10, "b", "a");
        }
        ClusterMove move = new ClusterMove(cellId(0), id("c"), Reason.SPREAD);
        for (int look = 0; look < 3; look++) {
            assertThat(plan(cluster).moves()).as("look %d", look).containsExactly(move);
            cluster.apply(plan(cluster));
            cluster.pass(() -> false);
        }
        cluster.pass(() -> true);
        cluster.apply(plan(cluster));
        assertThat(cluster.owner(0)).isEqualTo(id("c"));
    }

    @Test
    void spreadsNothingThatIsPinned() {
        TestCluster cluster = crowded();
        for (int region = 0; region < 8; region++) {
            cluster.pin(region, "a");
        }
        assertThat(plan(cluster).moves()).isEmpty();
    }

    @Test
    void spreadsNothingBeforeAllCopiesAreWhole() {
        TestCluster cluster = crowded();
        cluster.put(cellId(8), demand(10), new Home(id("a"), id("b"), false, false, 0));
        cluster.put(cellId(9), demand(10), new Home(id("a"), id("b"), false, false, 0));
        assertThat(plan(cluster).moves()).isEmpty();
        cluster.pass(() -> true);
        assertThat(plan(cluster).moves()).hasSize(1);
    }

    @Test
    void spreadsNothingToANodeThatWouldBeFullerThanItsSource() {
        TestCluster cluster = nodes("a", "b").cell(0, 400, "b", "a");
        for (int region = 1; region < 6; region++) {
            cluster.cell(region, 60, "a", "b");
        }
        assertThat(plan(cluster).moves()).isEmpty();
    }

    @Test
    void spreadsNothingWhilePlacementIsFrozen() {
        TestCluster cluster = crowded();
        cluster.isFrozen = true;
        assertThat(plan(cluster).moves()).isEmpty();
    }

    @Test
    void relievesANodeWithoutHeadroomByOneMove() {
        TestCluster cluster =
                nodes("a", "b").cell(0, 40, "a", "b").cell(1, 200, "a", "b").cell(2, 320, "a", "b");
        assertThat(plan(cluster).moves()).containsExactly(new ClusterMove(cellId(2), id("b"), Reason.HEADROOM));
    }

    @Test
    void movesToNeighboursRatherThanAwayFromThem() {
        TestCluster cluster = nodes("a", "b").border(0, 1).border(2, 5);
        cluster.cell(0, 200, "a", "b")
                .cell(1, 200, "a", "b")
                .cell(2, 200, "a", "b")
                .cell(5, 100, "b", "a");
        assertThat(plan(cluster).moves()).containsExactly(new ClusterMove(cellId(2), id("b"), Reason.HEADROOM));
    }

    @Test
    void doesNotCountOpportunisticLoad() {
        TestCluster cluster = nodes("a", "b");
        for (int region = 0; region < 4; region++) {
            Home home = new Home(id("a"), id("b"), true, false, 0);
            cluster.put(cellId(region), new CellDemand(10, 60, 60, 900), home);
        }
        cluster.cell(4, 1, "b", "a").cell(5, 1, "b", "a").cell(6, 1, "b", "a");
        assertThat(plan(cluster).moves()).isEmpty();
        assertThat(plan(cluster).headroom().getFirst()).isEqualTo(new Headroom(id("a"), 480, 500, 483));
    }

    @Test
    void bringsTheStandbyToTheTargetOfAMoveAndThenNamesTheMoveAlone() {
        TestCluster cluster = nodes("a", "b", "c")
                .cell(0, 400, "a", "c")
                .cell(1, 400, "a", "c")
                .cell(2, 500, "c", "b");
        ClusterDecision first = plan(cluster);
        ClusterMove move = new ClusterMove(cellId(0), id("b"), Reason.HEADROOM);
        assertThat(first.moves()).containsExactly(move);
        assertThat(first.standbys()).containsExactly(new StandbyChange(cellId(0), id("b")));
        cluster.apply(first);
        ClusterDecision second = plan(cluster);
        assertThat(second.moves()).containsExactly(move);
        assertThat(second.standbys()).isEmpty();
        cluster.pass(() -> true);
        cluster.apply(plan(cluster));
        assertThat(cluster.owner(0)).isEqualTo(id("b"));
    }

    @Test
    void letsACellRestThatHasJustCome() {
        TestCluster cluster = nodes("a", "b");
        for (int region = 0; region < 3; region++) {
            Home home = new Home(id("a"), id("b"), true, false, cluster.step - 59);
            cluster.put(cellId(region), demand(200), home);
        }
        assertThat(plan(cluster).moves()).isEmpty();
        cluster.step++;
        assertThat(plan(cluster).moves()).hasSize(1);
    }

    @Test
    void movesNothingThatGainsTooLittleAndSaysWhatIsShort() {
        TestCluster cluster = nodes("a", "b").cell(3, 470, "b", "a");
        for (int region = 0; region < 3; region++) {
            cluster.cell(region, 170, "a", "b");
        }
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).isEmpty();
        assertThat(decision.shortages()).containsExactly(new Shortage.OverHeadroom(id("a"), 10));
    }

    @Test
    void emptiesADrainedNodeToWholeCopiesFirstAndAFewAtATime() {
        TestCluster cluster = nodes("a", "b", "c").drain("a").cell(0, 100, "a").cell(1, 100, "a");
        cluster.cell(2, 100, "a", "b").cell(3, 100, "a", "c").cell(4, 200, "c", "b");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves())
                .containsExactlyInAnyOrder(
                        new ClusterMove(cellId(2), id("b"), Reason.DRAINED),
                        new ClusterMove(cellId(3), id("c"), Reason.DRAINED));
        assertThat(decision.standbys())
                .extracting(StandbyChange::cell)
                .as("the others get copies meanwhile")
                .containsExactlyInAnyOrder(cellId(0), cellId(1));
    }

    @Test
    void movesToAPinEvenWithoutHeadroomAndLeavesItThere() {
        TestCluster cluster =
                nodes("a", "b").cell(0, 600, "a", "b").cell(1, 450, "b", "a").pin(0, "b");
        assertThat(plan(cluster).moves()).contains(new ClusterMove(cellId(0), id("b"), Reason.PINNED));
        TestCluster there = nodes("a", "b").cell(0, 600, "b", "a").pin(0, "b");
        assertThat(plan(there).moves()).isEmpty();
    }

    @Test
    void keepsPinnedCellsOnADrainedNodeAndSaysSo() {
        TestCluster cluster = nodes("a", "b").drain("a").cell(0, 100, "a", "b").pin(0, "a");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).isEmpty();
        assertThat(decision.shortages()).containsExactly(new Shortage.HeldByPins(id("a"), 1));
    }

    @Test
    void movesOnlyWhatIsPinnedWhileItIsFrozen() {
        TestCluster cluster =
                nodes("a", "b", "c").drain("a").cell(0, 100, "a", "b").cell(1, 100, "a", "b");
        cluster.cell(2, 700, "b", "c").cell(3, 300, "b", "c").cell(4, 100).pin(1, "c");
        cluster.isFrozen = true;
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).containsExactly(new ClusterMove(cellId(1), id("c"), Reason.PINNED));
        assertThat(decision.assignments()).extracting(Assignment::cell).containsExactly(cellId(4));
    }

    @Test
    void countsAMoveThatHasBegunAtItsTargetAndAsAMove() {
        TestCluster cluster = nodes("a", "b");
        cluster.put(cellId(0), demand(200), new Home(id("a"), id("b"), true, true, 0));
        cluster.cell(1, 200, "a", "b").cell(2, 200, "a", "b");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).isEmpty();
        assertThat(decision.headroom()).extracting(Headroom::loadNanos).containsExactly(400L, 200L);
        cluster.drain("a");
        assertThat(plan(cluster).moves()).hasSize(ClusterRules.USUAL.movesMax() - 1);
    }

    @Test
    void leavesCellsWithoutOwnerWhenNoNodeTakesThemAndSaysSo() {
        TestCluster cluster = nodes("a").drain("a").cell(0, 100).cell(1, 100);
        ClusterDecision decision = plan(cluster);
        assertThat(decision.assignments()).isEmpty();
        assertThat(decision.shortages()).containsExactly(new Shortage.Unplaced(2));
    }

    @Test
    void spreadsWhatIsTooMuchForAllAndSaysSo() {
        TestCluster cluster = nodes("a", "b");
        for (int region = 0; region < 12; region++) {
            cluster.cell(region, 200);
        }
        ClusterDecision decision = plan(cluster);
        cluster.apply(decision);
        assertThat(cluster.load(id("a"))).isEqualTo(1200);
        assertThat(decision.shortages())
                .containsExactly(new Shortage.OverCapacity(id("a"), 200), new Shortage.OverCapacity(id("b"), 200));
    }

    @Test
    void hasNeitherMovesNorStandbysAlone() {
        TestCluster cluster = nodes("a").cell(0, 700, "a").cell(1, 700, "a");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.moves()).isEmpty();
        assertThat(decision.standbys()).isEmpty();
        assertThat(decision.shortages()).containsExactly(new Shortage.OverCapacity(id("a"), 400));
        assertThat(decision.headroom()).containsExactly(new Headroom(id("a"), 1400, 1000, 1400));
    }

    @Test
    void refusesAViewThatNamesSomethingTwice() {
        ClusterNode node = new ClusterNode(id("a"), 1, false, 0, "");
        ClusterView view = new ClusterView(0, List.of(node, node), List.of(), List.of(), false);
        assertThatThrownBy(() -> PLAN.plan(view)).hasMessageContaining("a is in the view twice");
    }
}
