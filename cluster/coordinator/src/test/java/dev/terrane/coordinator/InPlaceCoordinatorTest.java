package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InPlaceCoordinatorTest {
    private static final NodeId HERE = new NodeId("here");
    private static final NodeId THERE = new NodeId("there");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(1, 2), 0);

    /** Counts like the real one, whose own tests need a database. */
    private static final class CountingStore implements GrantStore {
        private final Map<CellId, Long> epochs = new HashMap<>();
        private int incarnation;

        @Override
        public CellGrant grant(CellId cell, NodeId owner) {
            return new CellGrant(cell, owner, epochs.merge(cell, 1L, Long::sum), ++incarnation);
        }
    }

    private final CountingStore store = new CountingStore();
    private final InPlaceCoordinator coordinator = new InPlaceCoordinator(store);

    @Test
    void grantsWhatTheStoreGranted() {
        coordinator.register(HERE);
        CellGrant first = coordinator.grant(HERE, CELL);
        assertThat(coordinator.holder(CELL)).contains(first);
        CellGrant again = coordinator.grant(HERE, CELL);
        assertThat(again.epoch()).isGreaterThan(first.epoch());
        assertThat(coordinator.holders()).containsExactly(again);
    }

    @Test
    void asksTheStoreForNothingThatItWouldRefuse() {
        assertThatThrownBy(() -> coordinator.grant(HERE, CELL)).hasMessageContaining("UNKNOWN_NODE");
        coordinator.register(HERE);
        coordinator.register(THERE);
        coordinator.grant(HERE, CELL);
        assertThatThrownBy(() -> coordinator.grant(THERE, CELL)).hasMessageContaining("held by here");
        assertThat(store.epochs).containsEntry(CELL, 1L);
    }

    @Test
    void aReleasedCellMayGoToAnotherNode() {
        coordinator.register(HERE);
        coordinator.register(THERE);
        CellGrant old = coordinator.grant(HERE, CELL);
        CellGrant current = coordinator.grant(HERE, CELL);
        coordinator.release(old);
        assertThat(coordinator.holder(CELL)).contains(current);
        coordinator.release(current);
        assertThat(coordinator.holder(CELL)).isEmpty();
        assertThat(coordinator.grant(THERE, CELL).owner()).isEqualTo(THERE);
    }

    @Test
    void aNodeThatStartsAnewOwnsNothing() {
        coordinator.register(HERE);
        coordinator.grant(HERE, List.of(CELL));
        coordinator.register(HERE);
        assertThat(coordinator.holders()).isEmpty();
        assertThat(coordinator.audit()).hasSize(3);
    }
}
