package dev.terrane.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that starts, and whose map is older than the log. */
class FormerGrantsTest {
    private static final NodeId OTHER = new NodeId("b");
    private static final CellId HELD = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId FREE = new CellId(new WorldId("w"), new RegionId(1, 0), 0);

    private final CoordinatorState state = new CoordinatorState();
    private ClusterMap map = ClusterMap.EMPTY;
    private int pauses;
    private Runnable onPause = () -> {};
    private final FormerGrants grants = new FormerGrants(() -> map, this::apply, () -> {
        pauses++;
        onPause.run();
    });

    private Outcome apply(Command command) {
        return state.apply(1, Entry.of(1, command));
    }

    /** The log has renewed a cell, whose fence is raised, and the map here does not know it. */
    @BeforeEach
    void lags() {
        apply(new Command.RegisterNode(new NodeInfo(OTHER, 1, List.of(NodeInfo.Role.SIM), "h:1", "v")));
        apply(new Command.AssignCells(OTHER, List.of(HELD)));
        map = ClusterMap.of(state);
        apply(new Command.RenewCell(HELD, 1));
    }

    private static List<CellGrant> stored(long heldEpoch) {
        return List.of(new CellGrant(HELD, OTHER, heldEpoch, 2), new CellGrant(FREE, OTHER, 9, 30));
    }

    @Test
    void asksAgainWhenTheMapHereWasBehindTheLog() {
        onPause = () -> map = ClusterMap.of(state);
        grants.teach(stored(2));
        assertThat(pauses).isEqualTo(1);
        assertThat(state.epoch(FREE)).as("learnt").isEqualTo(9);
        assertThat(state.epoch(HELD)).isEqualTo(2);
    }

    @Test
    void givesUpWhenTheLogStaysBehindTheDatabase() {
        onPause = () -> map = ClusterMap.of(state);
        assertThatThrownBy(() -> grants.teach(stored(7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot learn of 2 grants");
        assertThat(pauses).isEqualTo(FormerGrants.TRIES_MAX - 1);
    }
}
