package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import java.util.List;

/**
 * Reconciles checkpoints that cells took at different ticks, before the first tick of those that restart: of each entity the copy with the highest
 * ownership counter stays, and none is lost.
 *
 * <p>For the restore of a whole world all cells restart. A cell that restarts alone needs its peers' checkpoints too: each live peer is told
 * {@link dev.terrane.protocol.cluster.CellInput.PeerRestarting} first, and the plan waits until every peer's stored checkpoint {@link #knows} of it.
 * What they say is then stable, so nothing that the plan drops can come back by a second crash.
 *
 * <p>Pure; depends on its arguments only.
 */
public final class RestorePlan {
    private RestorePlan() {}

    /** A kept copy that its target has not seen: to be given to {@link HandoffMachine#restore} of the target, in this order. */
    public record Delivery(CellInput.HandoffOffer offer, boolean spawn) {}

    /**
     * @param drop ids of entities that live in this cell's checkpoint, but are not its own any more
     * @param deliveries in the order in which they must be carried out
     */
    public record CellPlan(CellId cell, long[] drop, List<Delivery> deliveries) {}

    /** Plans for the restarting cells, in the order given. */
    public static List<CellPlan> of(List<RestoredCell> world) {
        throw new UnsupportedOperationException();
    }

    /** Whether this checkpoint of a live peer was taken after it had heard of the restart of {@code cell} under {@code epoch}. */
    public static boolean knows(HandoffMachine peer, CellId cell, long epoch) {
        throw new UnsupportedOperationException();
    }
}
