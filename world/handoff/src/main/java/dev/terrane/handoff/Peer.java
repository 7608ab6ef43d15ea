package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that a cell has to do with another one. */
final class Peer {
    final CellId cell;
    /** Streams by rising epoch: one of this epoch, and older ones that still keep copies. */
    final List<OutStream> outs = new ArrayList<>();
    /** Streams by rising epoch, none below {@link #floorEpoch}. */
    final List<InStream> ins = new ArrayList<>();

    /** Lowest epoch of this cell that keeps copies for the peer, as it stood in images. */
    final PendingImages floors = new PendingImages();

    /** The peer runs at least under this epoch; what it sent under lower ones is refused. */
    long knownEpoch;
    /** Everything that the peer numbered under lower epochs has been settled for ever. */
    long floorEpoch;
    /** What the stored checkpoint says of {@link #floors}. */
    long stableFloor;

    boolean newsDue;

    Peer(CellId cell) {
        this.cell = cell;
    }

    void heardOf(long epoch) {
        knownEpoch = Math.max(knownEpoch, epoch);
    }

    /** This cell goes on under a higher epoch. @param renewed the same copy, offered under that one */
    void continueUnder(long presentEpoch, UnaryOperator<HandoffOffer> renewed) {
        newsDue = false;
        floors.forgetAll();
        ins.forEach(in -> in.images.forgetAll());
        for (OutStream out : outs) {
            out.images.forgetAll();
            out.kept.replaceAll(renewed);
        }
        dropEmptyOuts(presentEpoch);
        everythingDue();
    }

    /** What was said so far may not have been heard. */
    void everythingDue() {
        ins.forEach(in -> in.ackDue = true);
        outs.forEach(OutStream::dueAtOnce);
    }

    @Nullable
    OutStream findOut(long epoch) {
        for (OutStream out : outs) {
            if (out.epoch == epoch) {
                return out;
            }
        }
        return null;
    }

    OutStream out(long epoch) {
        OutStream found = findOut(epoch);
        if (found == null) {
            found = new OutStream(epoch);
            outs.add(found); // only ever asked for with the present epoch, the highest
        }
        return found;
    }

    @Nullable
    InStream findIn(long epoch) {
        for (InStream in : ins) {
            if (in.epoch == epoch) {
                return in;
            }
        }
        return null;
    }

    InStream in(long epoch) {
        InStream found = findIn(epoch);
        if (found != null) {
            return found;
        }
        InStream added = new InStream(epoch);
        int at = 0;
        while (at < ins.size() && ins.get(at).epoch < epoch) {
            at++;
        }
        ins.add(at, added);
        return added;
    }

    /** Whether this number has been settled here: arrived, or older than anything the peer still keeps. */
    boolean settled(long epoch, long seq) {
        InStream in = findIn(epoch);
        return epoch < floorEpoch || (in != null && seq <= in.mark);
    }

    void onDeparturesStable(DeparturesStable message) {
        for (InStream in : ins) {
            if (in.epoch < message.settledEpoch()) {
                in.arrivals.clear();
            } else if (in.epoch == message.sourceEpoch()) {
                in.forgetArrivals(message.seq());
            }
        }
        if (message.floorEpoch() > floorEpoch) {
            floorEpoch = message.floorEpoch();
            ins.removeIf(in -> in.epoch < floorEpoch);
        }
    }

    /** Old epochs are over when nothing of theirs is kept any more. */
    void dropEmptyOuts(long presentEpoch) {
        outs.removeIf(out -> out.epoch < presentEpoch && out.kept.isEmpty());
    }

    /**
     * Whether what was answered so has to be said again: acknowledgements and news, not copies.
     *
     * <p>Not when there is no such cell. It was taken away at rest: it keeps no copy that an acknowledgement could free, and remembers no arrival that news
     * could let it forget; nor does its stored image, from which it is woken. Were it there after all, nothing would be lost: as long as it keeps a copy it
     * offers that again, which makes the acknowledgement due again, and news are due again with each stored image.
     */
    static boolean awaits(Admission admission) {
        return admission != Admission.ACCEPTED && admission != Admission.UNKNOWN;
    }

    /** Whether nothing is open between the two, as seen from here and from the stored image. */
    boolean atRest(long presentEpoch) {
        if (newsDue) {
            return false;
        }
        for (OutStream out : outs) {
            if (!out.kept.isEmpty() || (out.epoch == presentEpoch && out.stableSeq != out.lastSeq)) {
                return false;
            }
        }
        for (InStream in : ins) {
            if (in.ackDue || !in.arrivals.isEmpty() || in.stableMark != in.mark) {
                return false;
            }
        }
        return true;
    }

    long lowestKeptEpoch(long presentEpoch) {
        return outs.isEmpty() ? presentEpoch : outs.getFirst().epoch;
    }
}
