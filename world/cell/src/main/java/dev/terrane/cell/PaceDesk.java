package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.Shed;

/** How fast and how carefully the cell runs. */
final class PaceDesk {
    private CellInput.Pace now = new CellInput.Pace(0, 1, Shed.NOTHING);
    private CellInput.Pace next = now;

    /** @param tick the one that comes now: a new cell hears in it what holds already and what comes after that */
    void take(CellInput.Pace pace, long tick) {
        begin(tick);
        next = pace;
    }

    /** Before the tick. */
    void begin(long tick) {
        if (tick >= next.fromTick()) {
            now = next;
        }
    }

    /** Simulated time per real time, told to clients. */
    float dilation() {
        return now.dilation();
    }

    boolean shedding() {
        return now.shed() != Shed.NOTHING;
    }

    void write(CellInputCodec codec, ByteWriter out) {
        codec.write(now, out);
        codec.write(next, out);
    }

    void read(CellInputCodec codec, ByteReader in) {
        now = readPace(codec, in);
        next = readPace(codec, in);
    }

    private static CellInput.Pace readPace(CellInputCodec codec, ByteReader in) {
        if (codec.read(in) instanceof CellInput.Pace pace) {
            return pace;
        }
        throw in.malformed("a pace is expected");
    }
}
