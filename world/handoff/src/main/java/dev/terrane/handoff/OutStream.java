package dev.terrane.handoff;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What left for one target under one epoch of this cell.
 *
 * <pre>
 *   numbered, kept ──ack.seq──► arrived ──ack.stableSeq──► forgotten
 * </pre>
 */
final class OutStream {
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    final long epoch;
    /** Rising numbers without gaps; the last is {@link #lastSeq} unless empty. */
    final List<HandoffOffer> kept = new ArrayList<>();

    final PendingImages images = new PendingImages();
    long lastSeq;
    /** Departures that the stored checkpoint knows of. */
    long stableSeq;
    /** The target holds everything up to this number, as far as its present epoch has said. */
    long arrivedSeq;

    private long targetEpoch;
    /** Since when something is unacknowledged or, when nothing is, unstable. */
    private long waitingSince;

    OutStream(long epoch) {
        this.epoch = epoch;
    }

    void add(HandoffOffer offer, long tick) {
        if (arrivedSeq == lastSeq) {
            waitingSince = tick;
        }
        lastSeq = offer.seq();
        kept.add(offer);
    }

    void onAck(HandoffAck ack, long now) {
        int stable = 0;
        while (stable < kept.size() && kept.get(stable).seq() <= ack.stableSeq()) {
            stable++;
        }
        kept.subList(0, stable).clear();
        if (ack.targetEpoch() > targetEpoch) {
            // A restarted target may hold less than its former self: what it lacks is due at once.
            waitingSince = targetEpoch == 0 ? now : LONG_AGO;
            targetEpoch = ack.targetEpoch();
            arrivedSeq = ack.seq();
        } else if (ack.targetEpoch() == targetEpoch && ack.seq() > arrivedSeq) {
            arrivedSeq = ack.seq();
            waitingSince = now;
        }
    }

    /** Index in {@link #kept} of the first copy to send again, or -1. */
    int due(long tick, HandoffSettings settings) {
        if (kept.isEmpty()) {
            return -1;
        }
        boolean unacked = arrivedSeq < lastSeq;
        if (tick - waitingSince < (unacked ? settings.retryTicks() : settings.probeTicks())) {
            return -1;
        }
        waitingSince = tick;
        int last = kept.size() - 1;
        // The last copy alone is the probe: its answer tells everything up to it.
        return unacked ? (int) Math.max(0, last - (lastSeq - arrivedSeq - 1)) : last;
    }

    /** Whatever is not acknowledged is offered again in the next flush. */
    void dueAtOnce() {
        waitingSince = LONG_AGO;
    }

    /** After a restart nothing is known of what arrived. */
    void restored(long lastNumber) {
        lastSeq = lastNumber;
        waitingSince = LONG_AGO;
    }

    void writeRunning(ByteWriter out) {
        images.write(out);
        out.varlong(stableSeq);
        out.varlong(arrivedSeq);
        out.varlong(targetEpoch);
        out.varlong(waitingSince);
    }

    void readRunning(ByteReader in) {
        images.read(in);
        stableSeq = in.varlong();
        arrivedSeq = in.varlong();
        targetEpoch = in.varlong();
        waitingSince = in.varlong();
    }
}
