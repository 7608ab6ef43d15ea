package dev.terrane.gateway;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One chunk that sessions of this gateway watch: its slices, and how far its cell knows that they are wanted. */
final class ChunkMirror {
    /** Overfull chunks have several parts of 128 slots, and each group whose members are here has one; more than this is refused as a broken frame. */
    static final int PART_COUNT_MAX = 1 << 14;

    final CellMirror cell;
    final int index;
    /** Of part 0; to forget, all parts are named by it. */
    final SliceAddress address;

    private @Nullable SliceMirror[] parts = new SliceMirror[1];
    private int partCount;
    private @Nullable Viewpoint[] watchers = new Viewpoint[4];
    private int watcherCount;
    /** The cell took our Watch. */
    boolean told;
    /** The cell has to give full slices again. */
    boolean again;
    /** Waits in the cell's list of what it has to be told. */
    boolean listed;
    /** When full slices were last asked for. */
    long askedAtNanos;
    /** Full slices are on their way. Parts never vanish within an epoch, so each of them is answered; one that the cell opens of its own accord is no answer for the others. */
    boolean awaitingFull;

    ChunkMirror(CellMirror cell, int index) {
        this.cell = cell;
        this.index = index;
        this.address = addressOf(0);
    }

    private SliceAddress addressOf(int part) {
        return SliceAddress.of(cell.id.region().a(), cell.id.region().b(), cell.id.layer(), index, part);
    }

    int partCount() {
        return partCount;
    }

    @Nullable
    SliceMirror part(int part) {
        return parts[part];
    }

    boolean watched() {
        return watcherCount > 0;
    }

    /** @return whether it is the first */
    boolean addWatcher(Viewpoint viewpoint) {
        if (watcherCount == watchers.length) {
            watchers = Arrays.copyOf(watchers, watcherCount * 2);
        }
        watchers[watcherCount++] = viewpoint;
        return watcherCount == 1;
    }

    /** @return whether it was the last */
    boolean removeWatcher(Viewpoint viewpoint) {
        int i = 0;
        while (watchers[i] != viewpoint) {
            i++;
        }
        watchers[i] = watchers[--watcherCount];
        watchers[watcherCount] = null;
        return watcherCount == 0;
    }

    private void disturbWatchers() {
        for (int i = 0; i < watcherCount; i++) {
            Viewpoint watcher = watchers[i];
            if (watcher != null) {
                watcher.disturb();
            }
        }
    }

    private void disturbGroups() {
        for (int i = 0; i < watcherCount; i++) {
            Viewpoint watcher = watchers[i];
            if (watcher != null) {
                watcher.groups.disturb();
            }
        }
    }

    /** The cell began anew, or nobody watches any more: what comes next are other slices, and what clients hold of these has to go. */
    void forgetSlices() {
        if (partCount > 0) {
            for (SliceMirror part : parts) {
                if (part != null) {
                    part.end();
                }
            }
            Arrays.fill(parts, null);
            partCount = 0;
            disturbWatchers();
        }
    }

    /** All that is here may lack something, until it is told anew. */
    void awaitFull() {
        awaitingFull = true;
        for (int part = 0; part < partCount; part++) {
            SliceMirror slice = parts[part];
            if (slice != null) {
                slice.awaited = true;
            }
        }
    }

    private boolean anyAwaited() {
        for (int part = 0; part < partCount; part++) {
            SliceMirror slice = parts[part];
            if (slice != null && slice.awaited) {
                return true;
            }
        }
        return false;
    }

    void applyFull(CellFrame frame, int i, ByteReader reader, WireLayout layout) {
        int part = frame.part()[i];
        if (part < 0 || part >= PART_COUNT_MAX) {
            throw new MalformedBytesException("part " + part + " of chunk " + index + " of cell " + cell.id
                    + " must be 0 to " + (PART_COUNT_MAX - 1));
        }
        if (part >= parts.length) {
            parts = Arrays.copyOf(parts, Math.min(PART_COUNT_MAX, Math.max(part + 1, parts.length * 2)));
        }
        SliceMirror slice = parts[part];
        if (slice == null || slice.audience != frame.audience(i)) {
            boolean wasForEverybody = slice != null && slice.isForEverybody();
            if (slice != null) {
                slice.end(); // the cell gave the part of a group that is gone to others
            }
            slice = new SliceMirror(this, addressOf(part), frame.audience(i), layout);
            parts[part] = slice;
            partCount = Math.max(partCount, part + 1);
            if (slice.isForEverybody() || wasForEverybody) {
                disturbWatchers();
            } else {
                disturbGroups();
            }
        }
        slice.applyFull(frame, i, reader);
        slice.awaited = false;
        awaitingFull = awaitingFull && anyAwaited();
    }

    /** False if the delta does not fit to what is here. */
    boolean applyDelta(CellFrame frame, int i, ByteReader reader) {
        int part = frame.part()[i];
        SliceMirror slice = part >= 0 && part < partCount ? parts[part] : null;
        return slice != null && slice.audience == frame.audience(i) && slice.applyDelta(frame, i, reader);
    }
}
