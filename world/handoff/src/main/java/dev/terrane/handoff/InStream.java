package dev.terrane.handoff;

import java.util.ArrayList;
import java.util.List;

/** What arrived from one source, numbered under one of its epochs. */
final class InStream {
    /** An entity that arrived under this number: proof, whatever became of it, that older copies of it are not true. */
    record Known(long seq, long entity, int ownership) {}

    final long epoch;
    /** Rising numbers; only those whose departure is not yet stable at the source. */
    final List<Known> arrivals = new ArrayList<>();

    final PendingImages images = new PendingImages();
    /** Everything up to this number has arrived. */
    long mark;
    /** Everything up to this number is in the stored checkpoint. */
    long stableMark;

    boolean ackDue;

    InStream(long epoch) {
        this.epoch = epoch;
    }

    Arrival accept(long seq, long entity, int ownership) {
        ackDue = true;
        if (seq <= mark) {
            return Arrival.DUPLICATE;
        }
        if (seq > mark + 1) {
            return Arrival.GAP;
        }
        mark = seq;
        arrivals.add(new Known(seq, entity, ownership));
        return Arrival.APPLY;
    }

    /** The entity is known to have been here, though not under which number. */
    void remember(long entity, int ownership) {
        arrivals.add(new Known(mark, entity, ownership));
    }

    void forgetArrivals(long seqMax) {
        int known = 0;
        while (known < arrivals.size() && arrivals.get(known).seq() <= seqMax) {
            known++;
        }
        arrivals.subList(0, known).clear();
    }
}
