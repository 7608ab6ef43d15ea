package dev.terrane.fairplay;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** So much at once, and as much again in so many ticks. */
final class Allowance {
    private final int count;
    private final int ticks;
    /** In parts, of which one has {@link #ticks}: whole numbers do not drift. */
    private int left;

    private long lastTick;

    /** @param count 0: everything is allowed */
    Allowance(int count, int ticks) {
        this.count = count;
        this.ticks = ticks;
        this.left = count * ticks;
    }

    /** It happened; whether that is too often. @param tick rising */
    boolean tooOften(long tick) {
        if (count == 0) {
            return false;
        }
        long elapsed = Math.min(tick - lastTick, ticks);
        left = (int) Math.min((long) count * ticks, left + elapsed * count);
        lastTick = tick;
        if (left < ticks) {
            return true;
        }
        left -= ticks;
        return false;
    }

    void write(ByteWriter out) {
        out.varuint(left);
        out.varlong(lastTick);
    }

    void read(ByteReader in) {
        left = in.varuint();
        lastTick = in.varlong();
    }
}
