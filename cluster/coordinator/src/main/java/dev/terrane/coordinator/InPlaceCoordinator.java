package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The steward of a cluster that is one process: commands take effect where they are given, and grants are made in the store first, so
 * that owners of an earlier run are fenced before a new one exists.
 *
 * <p>Any thread may call it. Granting blocks on the store and lets other callers wait: it happens at start and after a crash of a
 * cell, never in a tick.
 */
public final class InPlaceCoordinator {
    /** Leadership never changes within one process. */
    private static final long TERM = 1;

    private static final List<NodeInfo.Role> EVERYTHING = List.of(NodeInfo.Role.values());

    private final GrantStore store;
    private final CoordinatorState state = new CoordinatorState();
    private long lives;

    public InPlaceCoordinator(GrantStore store) {
        this.store = store;
    }

    /** A node starts, or starts anew: what it owned before is free. */
    public synchronized void register(NodeId node) {
        lives++;
        apply(new Command.RegisterNode(new NodeInfo(node, lives, EVERYTHING, "", "")));
    }

    /**
     * Makes the node the owner of one cell under a new epoch, also when it owns it already: then the cell starts anew.
     *
     * @throws IllegalStateException if the node is not registered or another node owns the cell
     */
    public CellGrant grant(NodeId node, CellId cell) {
        return grant(node, List.of(cell)).getFirst();
    }

    /** Like the other, for many cells, in the order given. When the store fails half-way, some epochs were raised and nobody owns them. */
    public synchronized List<CellGrant> grant(NodeId node, Collection<CellId> cells) {
        for (CellId cell : cells) {
            state.objection(cell, node).ifPresent(InPlaceCoordinator::fail);
        }
        List<CellGrant> grants = new ArrayList<>(cells.size());
        for (CellId cell : cells) {
            grants.add(store.grant(cell, node));
        }
        if (apply(new Command.GrantCells(grants)) instanceof Outcome.Refused refused) {
            fail(refused);
        }
        return List.copyOf(grants);
    }

    /** Gives a cell back at shutdown; does nothing when it has been granted anew since. */
    public synchronized void release(CellGrant grant) {
        apply(new Command.ReleaseCell(grant.cell(), grant.epoch()));
    }

    /** The grant under which the cell is held; empty while it is free. */
    public synchronized Optional<CellGrant> holder(CellId cell) {
        return state.holder(cell);
    }

    public synchronized List<CellGrant> holders() {
        return state.holders();
    }

    public synchronized List<AuditEntry> audit() {
        return state.audit();
    }

    private Outcome apply(Command command) {
        return state.apply(TERM, Entry.of(TERM, command));
    }

    private static void fail(Outcome.Refused refused) {
        throw new IllegalStateException("the coordinator refused (" + refused.reason() + "): " + refused.why());
    }
}
