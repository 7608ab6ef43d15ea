package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** A cell that wants to see entities of this one. */
final class Subscriber {
    final CellId cell;
    final int index;
    final long bit;
    /** Records of those who left: kept until a batch is taken. */
    final ByteWriter leaving = new ByteWriter(256);
    /** Records of those who are wanted; made anew for each batch. */
    final ByteWriter body = new ByteWriter(1024);

    long epoch;
    long stream;
    long version;
    long seq;
    long deadlineTick;
    long sentTick;
    int[] chunks = {};
    long[] entities = {};
    /** By place in {@link #entities}: it was told that this one is elsewhere. */
    boolean[] answered = {};

    Subscriber(CellId cell, int index) {
        this.cell = cell;
        this.index = index;
        this.bit = 1L << index;
    }

    /** Forgets what it was told: a row of batches begins. */
    void begin(int row) {
        seq = GhostFormat.beforeRow(row);
        leaving.clear();
        body.clear();
    }

    void want(int[] wantedChunks, long[] wantedEntities) {
        chunks = wantedChunks;
        entities = wantedEntities;
        answered = new boolean[wantedEntities.length];
    }

    /** Without {@link #body}, which is empty between ticks. */
    void write(ByteWriter out) {
        out.varlong(epoch);
        out.varlong(stream);
        out.varlong(version);
        out.varlong(seq);
        out.varlong(deadlineTick);
        out.varlong(sentTick);
        out.varints(chunks);
        out.i64s(entities, entities.length);
        for (boolean told : answered) {
            out.bool(told);
        }
        out.varuint(leaving.size());
        out.raw(leaving.array(), 0, leaving.size());
    }

    void read(ByteReader in) {
        epoch = in.varlong();
        stream = in.varlong();
        version = in.varlong();
        seq = in.varlong();
        deadlineTick = in.varlong();
        sentTick = in.varlong();
        want(in.varints(), in.i64s());
        for (int i = 0; i < answered.length; i++) {
            answered[i] = in.bool();
        }
        byte[] left = in.blob(GhostPublisher.LEAVING_BYTES_MAX * 2);
        leaving.raw(left, 0, left.length);
    }
}
