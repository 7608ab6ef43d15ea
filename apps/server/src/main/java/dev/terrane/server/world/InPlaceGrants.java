package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.GrantStore;
import dev.terrane.coordinator.InPlaceCoordinator;
import java.util.Optional;

/** Of a process that is the whole cluster. */
public final class InPlaceGrants implements Grants {
    private final InPlaceCoordinator coordinator;
    private final NodeId node;

    public InPlaceGrants(GrantStore store, NodeId node) {
        this.coordinator = new InPlaceCoordinator(store);
        this.node = node;
        coordinator.register(node);
    }

    @Override
    public CellGrant grant(CellId cell) {
        return coordinator.grant(node, cell);
    }

    /** The grant under which the cell is held; empty while it is free. */
    Optional<CellGrant> holder(CellId cell) {
        return coordinator.holder(cell);
    }

    @Override
    public void release(CellId cell, long epoch) {
        coordinator.holder(cell).filter(held -> held.epoch() == epoch).ifPresent(coordinator::release);
    }
}
