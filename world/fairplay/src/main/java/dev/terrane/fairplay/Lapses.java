package dev.terrane.fairplay;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * Something that also happens to fair players, now and then: their connection becomes another one, the server stands still for a moment. It counts when it begins once more after it has begun often: whoever does it at will does it all the time.
 */
final class Lapses {
    private static final int FORGIVEN_COUNT = 6;
    private static final int FORGIVEN_SECONDS = 60;

    private final Allowance forgiven;
    private boolean lapsed;

    Lapses(int simulationHz) {
        this.forgiven = new Allowance(FORGIVEN_COUNT, FORGIVEN_SECONDS * simulationHz);
    }

    boolean lapsed() {
        return lapsed;
    }

    /** How it is now; whether that is to be counted. @param tick rising */
    boolean counts(long tick, boolean now) {
        boolean begins = now && !lapsed;
        lapsed = now;
        return begins && forgiven.tooOften(tick);
    }

    void write(ByteWriter out) {
        out.bool(lapsed);
        forgiven.write(out);
    }

    void read(ByteReader in) {
        lapsed = in.bool();
        forgiven.read(in);
    }
}
