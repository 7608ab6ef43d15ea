package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellPort;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one session on their way to its avatar: each is kept until its cell has applied it, so that a hand-off or a restart of
 * the cell loses none. The last ones are kept a little longer: frames, and what they say of applied inputs, leave a cell before its standby has the tick (ADR 46).
 *
 * <pre>
 *   … applied │ applied, kept │ handed to the cell │ waiting here │ next
 *                           acked               offered          last
 * </pre>
 */
final class InputLane {
    /** Inputs that are handed over again although a cell has applied them: more ticks than a standby is behind. What the cell knows after all, it drops. */
    static final int REPEATED_COUNT_MAX = 16;

    private final @Nullable PlayerInput[] ring;
    private final int countMax;
    private int acked;
    private int offered;
    private int last;
    /** What the present owner of the cell is known to have applied: less than {@link #acked} for a while after it was taken over. */
    private int confirmed;
    /** What is below is gone for good. */
    private int floor;
    /** The first number of this connection is the next. */
    private int started;

    private boolean holding;

    InputLane(int countMax) {
        this.countMax = countMax;
        this.ring = new PlayerInput[Integer.highestOneBit(countMax * 2 - 1)];
    }

    /** What a number from the client means here. */
    enum Place {
        NEXT,
        /** Known already: after a reconnect a client repeats what may be lost. */
        DUPLICATE,
        /** Numbers are missing; on an ordered transport the client is at fault. */
        GAP,
        /** It is the next, but the limit is reached. */
        FULL
    }

    /** A session begins, or begins anew: the client goes on with {@code ackedSeq + 1}. */
    void start(int ackedSeq) {
        acked = ackedSeq;
        offered = ackedSeq;
        last = ackedSeq;
        confirmed = ackedSeq;
        floor = ackedSeq;
        started = ackedSeq;
        holding = false;
    }

    Place place(int seq) {
        if (seq <= last) {
            return Place.DUPLICATE;
        }
        if (seq != last + 1) {
            return Place.GAP;
        }
        return last - acked >= countMax ? Place.FULL : Place.NEXT;
    }

    /** Of what {@link #place} calls a duplicate: whether this very connection has brought it before. No fair client sends anything twice over one. */
    boolean broughtByThisConnection(int seq) {
        return seq > started;
    }

    /** Only after {@link #place} said NEXT. */
    void add(PlayerInput input) {
        last = input.seq();
        ring[last & (ring.length - 1)] = input;
    }

    /** Makes room although the cell has not applied it: for a cell that is away, its oldest input is the least wanted. */
    void dropOldest() {
        acked++;
        offered = Math.max(offered, acked);
        floor = acked;
        confirmed = Math.max(confirmed, acked);
    }

    /** The cell has applied everything up to this. The room for more never shrinks again, whatever a cell lost. */
    void ack(int ackedSeq) {
        int applied = Math.min(ackedSeq, last);
        acked = Math.max(acked, applied);
        confirmed = Math.max(confirmed, applied);
        offered = Math.max(offered, applied);
    }

    /**
     * Another cell, or the same under a new epoch, goes on after {@code ackedSeq}: everything above is handed over again. One that is far behind what was applied once began anew from an image: it gets nothing of what it has
     * forgotten.
     */
    void resume(int ackedSeq) {
        ack(ackedSeq);
        confirmed = ackedSeq < oldestKept() ? acked : Math.min(ackedSeq, last);
        again();
    }

    /** The cell goes on elsewhere, and may lack the last ticks that its former self has told of. */
    void repeat() {
        confirmed = oldestKept();
        again();
    }

    /** What was handed over may be lost: all of it goes once more. */
    void again() {
        offered = confirmed;
        holding = false;
    }

    /** The one before the first that can be handed over again. */
    private int oldestKept() {
        return Math.max(floor, Math.max(last - ring.length, acked - REPEATED_COUNT_MAX));
    }

    /** The cell speaks under the epoch we know, so it takes inputs again. */
    void cellSpoke() {
        holding = false;
    }

    /** Hands over what waits, in order, as far as the cell takes it; returns how many. */
    int flush(CellPort cells, CellId cell, long epoch) {
        int handed = 0;
        while (!holding && offered < last) {
            PlayerInput input = ring[(offered + 1) & (ring.length - 1)];
            if (input == null) {
                throw new IllegalStateException("input " + (offered + 1) + " of " + last + " is missing");
            }
            Admission admission = cells.offer(cell, epoch, input);
            if (admission == Admission.ACCEPTED) {
                offered++;
                handed++;
            } else if (admission == Admission.FULL) {
                break;
            } else {
                holding = true; // until Moved, Joined or a frame says where to go on
            }
        }
        return handed;
    }

    /** The last that came from the client. */
    int last() {
        return last;
    }

    int acked() {
        return acked;
    }

    /** Inputs that the cell has not yet taken. */
    int waitingCount() {
        return last - offered;
    }

    int unackedCount() {
        return last - acked;
    }
}
