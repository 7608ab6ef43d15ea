package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one cell.
 *
 * @param owner null while nobody holds it
 * @param epoch the highest under which it was ever granted; 0: never
 * @param begunEpoch under which it last started, from its checkpoint or anew; below {@code epoch} when it has been promoted or moved since, and so gone on with everything it knew
 * @param incarnation of that grant
 * @param standby keeps the warm copy, and is where it goes when it is {@link Phase#MOVING}; null: nobody
 * @param isReady whether the copy is whole
 * @param standbyEntry number of the log's entry that has chosen the standby: the same node chosen again begins another copy; 0: nobody, or chosen before such numbers were kept
 */
public record Tenure(
        CellId cell,
        Phase phase,
        @Nullable NodeId owner,
        long epoch,
        long begunEpoch,
        int incarnation,
        @Nullable NodeId standby,
        boolean isReady,
        long standbyEntry) {
    /** Where a cell stands. */
    public enum Phase {
        /** Nobody's, because nobody wants it: never granted, or given back. */
        FREE,
        /** Nobody's, because its owner was lost: somebody has to take it. */
        ORPHANED,
        HELD,
        /** Held, and on its way to its standby. */
        MOVING
    }

    static Tenure unheard(CellId cell) {
        return new Tenure(cell, Phase.FREE, null, 0, 0, 0, null, false, 0);
    }

    /** A new owner, or the same anew: whatever copies there were are of another life. */
    static Tenure of(CellGrant grant) {
        return of(grant, grant.epoch());
    }

    /** Its copy is the cell now: it goes on. */
    Tenure continued(CellGrant grant) {
        return of(grant, begunEpoch);
    }

    private static Tenure of(CellGrant grant, long begunEpoch) {
        return new Tenure(
                grant.cell(),
                Phase.HELD,
                grant.owner(),
                grant.epoch(),
                begunEpoch,
                grant.incarnation(),
                null,
                false,
                0);
    }

    /** Nobody's by its owner's own will: what the standby has is no longer needed. */
    Tenure released() {
        return new Tenure(cell, Phase.FREE, null, epoch, begunEpoch, incarnation, null, false, 0);
    }

    /** Whoever it is, even the same as before, has nothing yet. */
    Tenure withStandby(NodeId node, long entry) {
        return new Tenure(cell, phase, owner, epoch, begunEpoch, incarnation, node, false, entry);
    }

    Tenure withoutStandby() {
        return new Tenure(cell, phase, owner, epoch, begunEpoch, incarnation, null, false, 0);
    }

    /** The copy is whole. */
    Tenure ready() {
        return new Tenure(cell, phase, owner, epoch, begunEpoch, incarnation, standby, true, standbyEntry);
    }

    Tenure in(Phase next) {
        return new Tenure(cell, next, owner, epoch, begunEpoch, incarnation, standby, isReady, standbyEntry);
    }

    /** A node's life is over: whatever it was to this cell, it is no more. A copy that is whole elsewhere stays, to be promoted. */
    Tenure without(NodeId node) {
        Tenure left = this;
        if (node.equals(standby)) {
            left = withoutStandby().in(phase == Phase.MOVING ? Phase.HELD : phase);
        }
        if (!node.equals(owner)) {
            return left;
        }
        Tenure copied = left.isReady ? left : left.withoutStandby();
        return new Tenure(
                cell,
                Phase.ORPHANED,
                null,
                epoch,
                begunEpoch,
                incarnation,
                copied.standby,
                copied.isReady,
                copied.standbyEntry);
    }

    public boolean isHeld() {
        return owner != null;
    }
}
