package dev.terrane.ghosts;

import dev.terrane.base.CellId;
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
}
