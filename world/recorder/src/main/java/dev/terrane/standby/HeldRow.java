package dev.terrane.standby;

import java.util.ArrayList;
import java.util.List;

/** All that was said in one tick, in order. Filled by the tick, then handed over and not changed any more. */
final class HeldRow {
    private final List<Held> all = new ArrayList<>();
    private long tick;

    void add(Held message) {
        all.add(message);
    }

    int size() {
        return all.size();
    }

    HeldRow of(long ended) {
        tick = ended;
        return this;
    }

    long tick() {
        return tick;
    }

    List<Held> all() {
        return all;
    }

    /** Nobody will hear of it. */
    void discard() {
        for (Held each : all) {
            if (each instanceof Held.Image image) {
                image.discard();
            }
        }
    }
}
