package dev.terrane.placement.cluster;

import static dev.terrane.placement.cluster.TestCluster.CAPACITY;
import static dev.terrane.placement.cluster.TestCluster.cellId;
import static dev.terrane.placement.cluster.TestCluster.demand;
import static dev.terrane.placement.cluster.TestCluster.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.placement.cluster.ClusterDecision.Headroom;
import dev.terrane.placement.cluster.ClusterDecision.StandbyChange;
import org.junit.jupiter.api.Test;

class StandbysTest {
    private static final ClusterPlan PLAN = new ClusterPlan(ClusterRules.USUAL);

    /** Two in one rack, one elsewhere. */
    private static TestCluster racks() {
        return new TestCluster()
                .node("a", CAPACITY, "x")
                .node("b", CAPACITY, "x")
                .node("c", CAPACITY, "y");
    }

    private static ClusterDecision plan(TestCluster cluster) {
        return PLAN.plan(cluster.view());
    }

    @Test
    void areWhereTheOwnerDoesNotFailWithThem() {
        TestCluster cluster = racks().cell(0, 100, "a").cell(1, 300, "c");
        assertThat(plan(cluster).standbys())
                .containsExactly(new StandbyChange(cellId(0), id("c")), new StandbyChange(cellId(1), id("b")));
    }

    @Test
    void areInTheSameDomainRatherThanWhereTheLossIsNotCarried() {
        TestCluster cluster = racks().cell(0, 500, "a").cell(1, 600, "c", "b");
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("b")));
    }

    @Test
    void moveToAnotherDomainWhenThereIsRoom() {
        TestCluster cluster = racks().cell(0, 100, "a", "b");
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("c")));
    }

    @Test
    void areSpreadSoThatALossIsCarried() {
        TestCluster cluster = new TestCluster().node("a").node("b").node("c");
        for (int region = 0; region < 6; region++) {
            cluster.cell(region, 100, "a");
        }
        cluster.cell(7, 600, "b", "a").cell(8, 600, "c", "a");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.standbys()).hasSize(6);
        assertThat(decision.headroom())
                .filteredOn(headroom -> !headroom.node().equals(id("a")))
                .extracting(Headroom::afterLossNanos)
                .containsExactly(900L, 900L);
    }

    @Test
    void leaveANodeThatCouldNotCarryWhatItWouldInherit() {
        TestCluster cluster = new TestCluster().node("a").node("b").node("c");
        for (int region = 0; region < 6; region++) {
            cluster.cell(region, 100, "a", "b");
        }
        cluster.cell(7, 600, "b", "c");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.standbys())
                .containsExactly(new StandbyChange(cellId(0), id("c")), new StandbyChange(cellId(1), id("c")));
        assertThat(decision.shortages()).isEmpty();
    }

    @Test
    void changePlacesWhereNobodyHasRoomForOneMore() {
        TestCluster cluster = new TestCluster().node("a").node("b").node("c");
        cluster.cell(0, 250, "a", "b")
                .cell(1, 250, "a", "c")
                .cell(2, 165, "a", "b")
                .cell(3, 165, "a", "c");
        cluster.cell(4, 165, "a", "b").cell(5, 500, "b", "c").cell(6, 500, "c", "b");
        for (int region = 0; region <= 4; region++) {
            cluster.pin(region, "a");
        }
        ClusterDecision decision = plan(cluster);
        assertThat(decision.standbys())
                .containsExactly(new StandbyChange(cellId(0), id("c")), new StandbyChange(cellId(3), id("b")));
        assertThat(decision.shortages()).doesNotHaveAnyElementsOfTypes(Shortage.LossNotCarried.class);
    }

    @Test
    void stayWhereTheLossIsNotCarriedWhenNobodyCanAndThisIsSaid() {
        TestCluster cluster =
                new TestCluster().node("a").node("b").cell(0, 600, "a", "b").cell(1, 500, "b", "a");
        ClusterDecision decision = plan(cluster);
        assertThat(decision.standbys()).isEmpty();
        assertThat(decision.shortages())
                .containsExactly(
                        new Shortage.OverHeadroom(id("a"), 100),
                        new Shortage.LossNotCarried(id("a"), id("b"), 100),
                        new Shortage.LossNotCarried(id("b"), id("a"), 100));
    }

    @Test
    void areElsewhereThanWhereTheyWereGivenUpEvenBesideTheOwner() {
        TestCluster cluster = racks().cell(0, 100, "a").givenUp(cellId(0), id("c"));
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("b")));
        cluster.apply(plan(cluster));
        cluster.pass(() -> true);
        assertThat(plan(cluster).standbys()).as("it stays there").isEmpty();
        cluster.givenUp(cellId(0));
        assertThat(plan(cluster).standbys())
                .as("that is forgotten")
                .containsExactly(new StandbyChange(cellId(0), id("c")));
    }

    @Test
    void tryAgainWhereTheyWereGivenUpWhenThereIsNoOther() {
        TestCluster cluster =
                new TestCluster().node("a").node("b").cell(0, 100, "a").givenUp(cellId(0), id("b"));
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("b")));
    }

    @Test
    void goInTurnWhenNobodyFollows() {
        TestCluster cluster =
                new TestCluster().node("a").node("b").node("c").node("d").cell(0, 100, "a");
        cluster.givenUp(cellId(0), id("c"), id("b"));
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("d")));
        cluster.givenUp(cellId(0), id("c"), id("b"), id("d"));
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), id("c")));
    }

    @Test
    void ofACellThatLeavesADrainedNodeAreWhereItWasNotGivenUp() {
        TestCluster cluster = new TestCluster()
                .node("a")
                .node("b")
                .node("c")
                .drain("a")
                .cell(0, 100, "a")
                .cell(1, 200, "c");
        assertThat(plan(cluster).moves())
                .extracting(ClusterDecision.ClusterMove::to)
                .containsExactly(id("b"));
        cluster.givenUp(cellId(0), id("b"));
        assertThat(plan(cluster).moves())
                .extracting(ClusterDecision.ClusterMove::to)
                .containsExactly(id("c"));
    }

    @Test
    void leaveADrainedNodeAFewAtATime() {
        TestCluster cluster = new TestCluster().node("a").node("b").node("c").drain("b");
        for (int region = 0; region < 3; region++) {
            cluster.cell(region, 100, "a", "b");
        }
        assertThat(plan(cluster).standbys())
                .containsExactly(new StandbyChange(cellId(0), id("c")), new StandbyChange(cellId(1), id("c")));
    }

    @Test
    void areGivenUpWhenOnlyADrainedNodeCouldHaveThem() {
        TestCluster cluster = new TestCluster().node("a").node("b").drain("b").cell(0, 100, "a", "b");
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(0), null));
    }

    @Test
    void areNotCarriedAboutWhileOthersAreBecomingWhole() {
        TestCluster cluster = racks().cell(0, 100, "a", "b");
        for (int region = 1; region < 3; region++) {
            cluster.put(cellId(region), demand(100), new Home(id("a"), id("c"), false, false, 0));
        }
        assertThat(plan(cluster).standbys()).isEmpty();
    }

    @Test
    void ofNeighboursAreTogetherWhileThereIsHeadroom() {
        TestCluster cluster =
                new TestCluster().node("a").node("b").node("c").border(0, 2).border(1, 3);
        for (int region = 0; region < 4; region++) {
            cluster.cell(region, 100, "a");
        }
        assertThat(plan(cluster).standbys())
                .containsExactly(
                        new StandbyChange(cellId(0), id("b")),
                        new StandbyChange(cellId(1), id("c")),
                        new StandbyChange(cellId(2), id("b")),
                        new StandbyChange(cellId(3), id("c")));
    }

    @Test
    void stayWhileItIsFrozenButForThoseThatAreMissing() {
        TestCluster cluster = racks().cell(0, 100, "a", "b").cell(1, 100, "a");
        cluster.isFrozen = true;
        assertThat(plan(cluster).standbys()).containsExactly(new StandbyChange(cellId(1), id("c")));
    }
}
