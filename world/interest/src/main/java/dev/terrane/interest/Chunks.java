package dev.terrane.interest;

import dev.terrane.protocol.cluster.SliceAudience;
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
    private final Places body;
    private final Slice[][] parts;
    private final int[] watcherCount;
    private final boolean[] open;
    private int[] opening = new int[64];
    private int openingCount;
    private @Nullable Slice[] touched = new Slice[64];
    private int touchedCount;

    /** @param body of the face that entities show to everybody */
    Chunks(ChunkGrid grid, Places body) {
        this.grid = grid;
        this.body = body;
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

    /** The first part for this audience that has room; where there is none, a vacant or a new one. Part 0 is for everybody: it carries the events. */
    Slice roomIn(int chunk, Places places, long audience) {
        if (parts[chunk].length == 0 && audience != SliceAudience.EVERYBODY) {
            add(chunk, body, SliceAudience.EVERYBODY);
        }
        Slice vacant = null;
        for (Slice part : parts[chunk]) {
            if (part.audience == audience && part.places == places && part.hasRoom()) {
                return part;
            }
            if (vacant == null && audience != SliceAudience.EVERYBODY && part.vacant()) {
                vacant = part;
            }
        }
        if (vacant == null) {
            return add(chunk, places, audience);
        }
        vacant.give(places, audience);
        if (vacant.watched) {
            touch(vacant);
        }
        return vacant;
    }

    private Slice add(int chunk, Places places, long audience) {
        Slice[] known = parts[chunk];
        Slice added = new Slice(chunk, known.length, places, audience);
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
            add(
                    chunk,
                    body,
                    SliceAudience
                            .EVERYBODY); // an empty slice carries events, and tells the gateway that nobody is there
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
