package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/** Events for single sessions: those of the snapshot being sent, and those already said for the next. */
final class Tellings {
    private final Batch[] batches = {new Batch(), new Batch()};
    private int next;

    private static final class Batch {
        final ByteWriter bytes = new ByteWriter(64);
        long[] session = new long[8];
        int[] end = new int[8];
        int count;
    }

    void add(long session, Record event, EventEncoder encoder) {
        Batch batch = batches[next];
        encoder.write(event, batch.bytes);
        if (batch.count == batch.session.length) {
            batch.session = Arrays.copyOf(batch.session, batch.count * 2);
            batch.end = Arrays.copyOf(batch.end, batch.count * 2);
        }
        batch.session[batch.count] = session;
        batch.end[batch.count++] = batch.bytes.size();
    }

    /** What was added so far belongs to the snapshot now; what belonged to the one before is forgotten. */
    void turn() {
        next ^= 1;
        batches[next].bytes.clear();
        batches[next].count = 0;
    }

    /** Few events are told per snapshot, so looking through all is cheaper than a map. */
    void write(long session, ByteWriter out) {
        Batch batch = batches[next ^ 1];
        int start = 0;
        for (int i = 0; i < batch.count; i++) {
            if (batch.session[i] == session) {
                out.raw(batch.bytes.array(), start, batch.end[i] - start);
            }
            start = batch.end[i];
        }
    }
}
