package dev.terrane.interest;

import dev.terrane.space.ChunkGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a region: their slices, how many gateways watch them, and which slices have something to encode.
 *
 * <p>A watched chunk is <i>open</i> from the end of the collect that follows: from then on all its slices hold values and record changes.
 */
final class Chunks {
    private static final Slice[] NO_PARTS = {};

    final ChunkGrid grid;
    private final Slice[][] parts;
    private final int[] watcherCount;
    private final boolean[] open;
    private int[] opening = new int[64];
    private int openingCount;
    private @Nullable Slice[] touched = new Slice[64];
    private int touchedCount;

    Chunks(ChunkGrid grid) {
        this.grid = grid;
        this.parts = new Slice[grid.chunkCount()][];
        Arrays.fill(parts, NO_PARTS);
        this.watcherCount = new int[grid.chunkCount()];
        this.open = new boolean[grid.chunkCount()];
    }

    boolean watched(int chunk) {
        return watcherCount[chunk] > 0;
    }

    Slice[] parts(int chunk) {
        return parts[chunk];
    }

    /** The first part that has room; a new one where all are full. */
    Slice roomIn(int chunk) {
        for (Slice part : parts[chunk]) {
            if (part.hasRoom()) {
                return part;
            }
        }
        Slice[] known = parts[chunk];
        Slice added = new Slice(chunk, known.length);
        added.watched = open[chunk];
        parts[chunk] = Arrays.copyOf(known, known.length + 1);
        parts[chunk][known.length] = added;
        if (added.watched) {
            touch(added);
        }
        return added;
    }

    void addWatcher(int chunk) {
        if (watcherCount[chunk]++ == 0 && !open[chunk]) {
            if (openingCount == opening.length) {
                opening = Arrays.copyOf(opening, openingCount * 2);
            }
            opening[openingCount++] = chunk;
        }
    }

    void removeWatcher(int chunk) {
        if (--watcherCount[chunk] == 0 && open[chunk]) {
            open[chunk] = false;
            for (Slice part : parts[chunk]) {
                part.watched = false;
                part.baseSeq = -1;
                part.forgetWhatHappened();
            }
        }
    }

    /** The chunks that got their first watcher since this was last called, to be opened by {@link #open}. */
    int takeOpening() {
        while (openingCount > 0) {
            int chunk = opening[--openingCount];
            if (watched(chunk) && !open[chunk]) {
                return chunk;
            }
        }
        return -1;
    }

    void open(int chunk) {
        open[chunk] = true;
        for (Slice part : parts[chunk]) {
            part.watched = true;
            part.seq++;
        }
        if (parts[chunk].length == 0) {
            roomIn(chunk); // an empty slice carries events, and tells the gateway that nobody is there
        }
    }

    void touch(Slice slice) {
        if (!slice.touched) {
            slice.touched = true;
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, touchedCount * 2);
            }
            touched[touchedCount++] = slice;
        }
    }

    int touchedCount() {
        return touchedCount;
    }

    /** In the order in which they were touched. */
    Slice touched(int index) {
        Slice slice = touched[index];
        if (slice == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return slice;
    }

    void forgetTouched() {
        for (int i = 0; i < touchedCount; i++) {
            touched(i).touched = false;
            touched[i] = null;
        }
        touchedCount = 0;
    }
}
