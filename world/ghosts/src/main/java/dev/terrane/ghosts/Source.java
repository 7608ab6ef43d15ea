package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A cell that this one subscribes to: what is asked of it, and how far its row of batches has come. */
final class Source {
    final CellId cell;
    /** From its origin to this cell's. */
    final double shiftX;

    final double shiftY;

    long stream;
    long version;
    int[] chunks = {};
    long[] entities = {};
    /** Something else is wanted than was last sent. */
    boolean due = true;
    /** Still wanted; worked out anew each time. */
    boolean wanted;

    long sentTick;
    long epoch;
    /** Of the last batch taken in this stream. */
    long seq;

    long heardTick;
    /** When to begin anew, because something was left out; 0: no reason to. */
    long retryTick;

    /** By the source's number: the ghost, or 0. */
    private long[] handles = new long[64];
    /** By the source's number: what it has told of, ghost or not. */
    private @Nullable GhostTable[] tables = new GhostTable[64];

    Source(CellId cell, double shiftX, double shiftY, long stream) {
        this.cell = cell;
        this.shiftX = shiftX;
        this.shiftY = shiftY;
        this.stream = stream;
    }

    /** The next batch must be a first push. What was told before stays until then. */
    void restart(long nextStream) {
        stream = nextStream;
        seq = 0;
        retryTick = 0;
        due = true;
    }

    void want(int[] nextChunks, long[] nextEntities) {
        if (!Arrays.equals(chunks, nextChunks) || !Arrays.equals(entities, nextEntities)) {
            chunks = nextChunks;
            entities = nextEntities;
            version++;
            due = true;
        }
    }

    long handle(int number) {
        return number < handles.length ? handles[number] : 0;
    }

    @Nullable
    GhostTable table(int number) {
        return number < tables.length ? tables[number] : null;
    }

    void set(int number, long handle, @Nullable GhostTable table) {
        if (number >= handles.length) {
            int size = Math.max(number + 1, handles.length * 2);
            handles = Arrays.copyOf(handles, size);
            tables = Arrays.copyOf(tables, size);
        }
        handles[number] = handle;
        tables[number] = table;
    }

    /** The ghost with this number is another's now, or none. */
    void letGo(int number) {
        handles[number] = 0;
    }

    /** Its ghosts, by rising number. */
    void each(LongConsumer ghosts) {
        for (long ghost : handles) {
            if (ghost != 0) {
                ghosts.accept(ghost);
            }
        }
    }

    /** Returns all its ghosts by number and begins with none. */
    long[] takeAll() {
        long[] all = handles;
        handles = new long[all.length];
        tables = new GhostTable[all.length];
        return all;
    }

    void write(GhostTables all, ByteWriter out) {
        out.varlong(stream);
        out.varlong(version);
        out.varints(chunks);
        out.i64s(entities, entities.length);
        out.bool(due);
        out.bool(wanted);
        out.varlong(sentTick);
        out.varlong(epoch);
        out.varlong(seq);
        out.varlong(heardTick);
        out.varlong(retryTick);
        int count = 0;
        for (GhostTable table : tables) {
            count += table != null ? 1 : 0;
        }
        out.varuint(count);
        for (int number = 0; number < tables.length; number++) {
            GhostTable table = tables[number];
            if (table != null) {
                out.varuint(number);
                out.varuint(all.indexOf(table));
                out.i64(handles[number]);
            }
        }
    }

    void read(GhostTables all, ByteReader in) {
        stream = in.varlong();
        version = in.varlong();
        chunks = in.varints();
        entities = in.i64s();
        due = in.bool();
        wanted = in.bool();
        sentTick = in.varlong();
        epoch = in.varlong();
        seq = in.varlong();
        heardTick = in.varlong();
        retryTick = in.varlong();
        for (int rest = in.count(10); rest > 0; rest--) {
            int number = in.varuint();
            int table = in.varuint();
            if (number < 0 || number >= GhostFormat.NUMBER_MAX || table < 0 || table >= all.count()) {
                throw in.malformed("number " + number + " of table " + table);
            }
            set(number, in.i64(), all.at(table));
        }
    }
}
