package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.Collection;

/**
 * One cell's side of all its hand-offs, as source and as target.
 *
 * <p>Part of the cell's state: written into its checkpoints and hashed. Not thread-safe: called by the cell's tick only.
 */
public final class HandoffMachine {
    /** The way to other cells: {@link dev.terrane.protocol.cluster.CellPort} with the epochs the cell believes in. */
    @FunctionalInterface
    public interface Outbox {
        Admission offer(CellId to, CellInput message);
    }

    /**
     * @param epoch under which the cell runs now
     * @param peers cells that this one exchanges entities with; others are learnt from their messages
     */
    public HandoffMachine(CellId self, long epoch, Collection<CellId> peers, HandoffSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Offers an entity to another cell, at once. ACCEPTED: it has left, despawn it now (a frozen copy is kept here). Anything else: nothing
     * happened, it stays home; try again in a later tick.
     */
    public Admission depart(long tick, CellId target, Leaver leaver, Outbox out) {
        throw new UnsupportedOperationException();
    }

    /** Whether a frozen copy of the entity is kept here that its target has not acknowledged yet. */
    public boolean inTransit(long entity) {
        throw new UnsupportedOperationException();
    }

    public Arrival onOffer(CellInput.HandoffOffer offer) {
        throw new UnsupportedOperationException();
    }

    public void onAck(CellInput.HandoffAck ack) {
        throw new UnsupportedOperationException();
    }

    public void onDeparturesStable(CellInput.DeparturesStable message) {
        throw new UnsupportedOperationException();
    }

    /** From now on nothing counts that the peer's former self sent. The cell must take a checkpoint soon after. */
    public void onPeerRestarting(CellInput.PeerRestarting message) {
        throw new UnsupportedOperationException();
    }

    /** The image that {@link #write} wrote at this tick is in the store; peers are told with the next flush. */
    public void onCheckpointStored(long tick) {
        throw new UnsupportedOperationException();
    }

    /** Sends what is due: at most one acknowledgement per source, offers again, news about checkpoints. Once per tick, at its end. */
    public void flush(long tick, Outbox out) {
        throw new UnsupportedOperationException();
    }

    /** Copies kept until they are stable at their targets: for metrics. */
    public int keptCount() {
        throw new UnsupportedOperationException();
    }

    /** Arrivals remembered until their departure is stable at the source: for metrics. */
    public int arrivalCount() {
        throw new UnsupportedOperationException();
    }

    public void hash(StateHash hash) {
        throw new UnsupportedOperationException();
    }

    /** Writes the state into a checkpoint of this tick. */
    public void write(long tick, ByteWriter out) {
        throw new UnsupportedOperationException();
    }

    /**
     * Replaces the state by that of a stored checkpoint, perhaps of an earlier epoch of this cell.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state
     */
    public void read(ByteReader in) {
        throw new UnsupportedOperationException();
    }

    /** Carries out a delivery of a {@link RestorePlan}; true: spawn its entity before the first tick. */
    public boolean restore(RestorePlan.Delivery delivery) {
        throw new UnsupportedOperationException();
    }
}
