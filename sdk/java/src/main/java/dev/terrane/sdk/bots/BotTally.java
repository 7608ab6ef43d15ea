package dev.terrane.sdk.bots;

import dev.terrane.sdk.Correction;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What all bots of a fleet count together. Any thread may use it. */
final class BotTally {
    final Percentiles roundTrips = new Percentiles();
    final Percentiles staleness = new Percentiles();
    private final ConcurrentSkipListMap<String, LongAdder> errors = new ConcurrentSkipListMap<>();
    private final LongAdder corrections = new LongAdder();
    private final DoubleAccumulator correctionMetresMax = new DoubleAccumulator(Math::max, 0);
    private volatile boolean finished;

    void error(String kind) {
        if (!finished) {
            errors.computeIfAbsent(kind, _ -> new LongAdder()).increment();
        }
    }

    /** From here on connections end because we end them. */
    void finish() {
        finished = true;
    }

    /** Somebody who was put elsewhere does not count: that was no error of prediction. */
    void corrected(Correction correction) {
        if (!finished && !correction.teleport()) {
            corrections.increment();
            correctionMetresMax.accumulate(correction.metres());
        }
    }

    long correctionCount() {
        return corrections.sum();
    }

    double correctionMetresMax() {
        return correctionMetresMax.get();
    }

    long errorCount() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    SortedMap<String, Long> errors() {
        SortedMap<String, Long> counts = new TreeMap<>();
        errors.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    /** The measurement begins: what was timed or corrected while joining does not count; errors do. */
    void startMeasuring() {
        roundTrips.clear();
        staleness.clear();
        corrections.reset();
        correctionMetresMax.reset();
    }
}
