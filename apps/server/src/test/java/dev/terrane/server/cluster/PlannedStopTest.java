package dev.terrane.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannedStopTest {
    private static final NodeId COORDINATOR = new NodeId("c1");
    private static final NodeId SELF = new NodeId("s1");
    private static final NodeId OTHER = new NodeId("s2");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(1, 2), 0);
    private static final long MILLIS_MAX = 20_000;

    private final CoordinatorState state = new CoordinatorState();
    private final NodeLife life = new NodeLife(
            new NodeLife.Settings(SELF, 1, List.of(COORDINATOR), 50, 3_000),
            new Answering(),
            Clock.system(),
            Meters.none());
    private final PlannedStop stop = new PlannedStop(life, SELF, Clock.system());
    private boolean gives = true;
    private int asked;

    /** A coordinator that does at once what it is asked, and gives the cells of a drained node to another one. */
    private final class Answering implements NodePost {
        @Override
        public boolean tell(NodeId to, NodeMessage message) {
            if (!(message instanceof NodeMessage.Propose(long request, Entry entry))) {
                return false;
            }
            asked++;
            Outcome outcome = state.apply(1, entry);
            if (gives) {
                log(new Command.ReleaseCell(CELL, 1));
                log(new Command.AssignCells(OTHER, List.of(CELL)));
            }
            life.received(COORDINATOR, new NodeMessage.MapNews(ClusterMap.of(state)));
            life.received(COORDINATOR, new NodeMessage.Proposed(request, outcome));
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public Set<NodeId> linked() {
            return Set.of(COORDINATOR);
        }
    }

    private void log(Command command) {
        state.apply(1, Entry.of(1, command));
    }

    @BeforeEach
    void ownsACell() {
        for (NodeId node : List.of(SELF, OTHER)) {
            log(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "0.1.0")));
        }
        log(new Command.AssignCells(SELF, List.of(CELL)));
        life.received(COORDINATOR, new NodeMessage.MapNews(ClusterMap.of(state)));
    }

    @AfterEach
    void close() throws InterruptedException {
        life.close();
    }

    private long leaveMillis(long millisMax) throws InterruptedException {
        long began = System.nanoTime();
        stop.leave(millisMax);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Test
    void saysThatItEndsAndWaitsUntilItsCellsAreElsewhere() throws InterruptedException {
        assertThat(leaveMillis(MILLIS_MAX)).isLessThan(MILLIS_MAX);
        assertThat(state.isDraining(SELF)).isTrue();
        assertThat(life.isDraining()).isTrue();
        assertThat(life.map().cell(CELL).owner()).isEqualTo(OTHER);
    }

    @Test
    void doesNotWaitWhereNobodyCouldTakeTheCells() throws InterruptedException {
        gives = false;
        log(new Command.DrainNode(OTHER, true));
        assertThat(leaveMillis(MILLIS_MAX)).isLessThan(MILLIS_MAX);
        assertThat(life.map().cell(CELL).owner()).isEqualTo(SELF);
    }

    @Test
    void waitsNoLongerThanItMay() throws InterruptedException {
        gives = false;
        assertThat(leaveMillis(100)).isBetween(100L, MILLIS_MAX);
        assertThat(life.map().cell(CELL).owner()).isEqualTo(SELF);
    }

    @Test
    void saysNothingWhereThatIsSwitchedOff() throws InterruptedException {
        stop.leave(0);
        assertThat(asked).isZero();
        assertThat(state.isDraining(SELF)).isFalse();
    }
}
