package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.coordinator.CellGrant;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private final Takeover takeover = new Takeover(3, new HandClock(), new FailoverMeters(Meters.none()));

    private boolean seat(int region) {
        Cell cell = CellSeatTest.open(region, _ -> {}, CellListener.none());
        return takeover.seated(cell, new CellGrant(cell.id(), new NodeId("a"), 2, 7));
    }

    @Test
    void theFencesOfCellsThatAreSeatedUntilThenAreOneStatement() {
        assertThat(seat(0)).as("the first asks for it").isTrue();
        assertThat(seat(1)).isFalse();
        assertThat(takeover.takeUnfenced()).hasSize(2);
        assertThat(seat(2)).as("a straggler asks for another").isTrue();
        assertThat(takeover.takeUnfenced()).hasSize(1);
    }
}
