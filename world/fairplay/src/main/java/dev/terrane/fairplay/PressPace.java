package dev.terrane.fairplay;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** Counts a player's presses: a second's worth at once, and then so many per second. */
final class PressPace {
    private final int perSecond;
    private final int simulationHz;
    /** In parts of a press, of which a press has {@code simulationHz}: whole numbers do not drift. */
    private int left;

    private long lastTick;

    /** @param perSecond 0: everything is allowed */
    PressPace(int perSecond, int simulationHz) {
        this.perSecond = perSecond;
        this.simulationHz = simulationHz;
        this.left = perSecond * simulationHz;
    }

    /** Something was pressed; whether that is too often. */
    boolean tooOften(long tick) {
        if (perSecond == 0) {
            return false;
        }
        long full = (long) perSecond * simulationHz;
        long elapsed = Math.min(tick - lastTick, simulationHz);
        left = (int) Math.min(full, left + elapsed * perSecond);
        lastTick = tick;
        if (left < simulationHz) {
            return true;
        }
        left -= simulationHz;
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
