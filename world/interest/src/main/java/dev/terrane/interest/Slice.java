package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.ChangeGroups;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceWriter;
import dev.terrane.protocol.cluster.SliceAudience;
import org.jspecify.annotations.Nullable;

/** A part of a chunk: at most 128 entities, each in a place of its own, and what happened among them since the last snapshot. */
final class Slice {
    static final int PLACE_COUNT = SliceWriter.SLOT_COUNT;

    final int chunk;
    final int part;
    /** Of the face of entities that it shows; as its audience, changes when it is given to others. */
    Places places;
    /** Who may see it, see {@link SliceAudience}. */
    long audience;

    /** Store slot of the entity in each place; meaningless where the place is free. */
    final int[] occupant = new int[PLACE_COUNT];

    private long usedLow;
    private long usedHigh;
    int count;
    int seq;
    /** Whether anybody watches: only then values are quantised and changes recorded. */
    boolean watched;
    /** Whether it is on the list of slices to encode. */
    boolean touched;

    private long enteredLow;
    private long enteredHigh;
    final ByteWriter left = new ByteWriter(16);
    final ByteWriter events = new ByteWriter(16);
    private @Nullable ChangeGroups changes;

    /** Of the snapshot last encoded. Base -1: nobody has a version that a delta could apply to. */
    int baseSeq = -1;

    int deltaOffset;
    int deltaLength;
    /** The snapshot whose full body stands at fullOffset. */
    long fullSerial = -1;

    int fullOffset;
    int fullLength;

    Slice(int chunk, int part, Places places, long audience) {
        this.chunk = chunk;
        this.part = part;
        this.places = places;
        this.audience = audience;
    }

    /** Whether it may be given to others: a group's slice that has nobody in it, and everybody was told so. */
    boolean vacant() {
        return audience != SliceAudience.EVERYBODY && count == 0 && nothingHappened();
    }

    /** What comes next is a new slice in the same part. */
    void give(Places newPlaces, long toAudience) {
        places = newPlaces;
        audience = toAudience;
        seq = 0;
    }

    boolean hasRoom() {
        return count < PLACE_COUNT;
    }

    int take(int entitySlot) {
        int place = usedLow != -1L ? Long.numberOfTrailingZeros(~usedLow) : 64 + Long.numberOfTrailingZeros(~usedHigh);
        if (place < 64) {
            usedLow |= 1L << place;
        } else {
            usedHigh |= 1L << place;
        }
        occupant[place] = entitySlot;
        count++;
        return place;
    }

    void free(int place) {
        if (place < 64) {
            usedLow &= ~(1L << place);
        } else {
            usedHigh &= ~(1L << place);
        }
        count--;
    }

    void recordEntered(int place) {
        if (place < 64) {
            enteredLow |= 1L << place;
        } else {
            enteredHigh |= 1L << place;
        }
    }

    void recordLeft(int place, LeftReason reason) {
        SliceWriter.left(left, place, reason);
    }

    /** Made when something changes for the first time: most slices of a large cell stay empty. */
    ChangeGroups changes() {
        return changes == null ? changes = new ChangeGroups() : changes;
    }

    int changedCount() {
        return changes == null ? 0 : changes.count();
    }

    int leftCount() {
        return left.size() / 2;
    }

    int enteredCount() {
        return Long.bitCount(enteredLow) + Long.bitCount(enteredHigh);
    }

    /** The next place in use from {@code from} on, or -1. */
    int nextUsed(int from) {
        return next(usedLow, usedHigh, from);
    }

    int nextEntered(int from) {
        return next(enteredLow, enteredHigh, from);
    }

    private static int next(long low, long high, int from) {
        if (from < 64) {
            long rest = low >>> from << from;
            if (rest != 0) {
                return Long.numberOfTrailingZeros(rest);
            }
        }
        if (from >= PLACE_COUNT) {
            return -1;
        }
        int start = Math.max(0, from - 64);
        long rest = high >>> start << start;
        return rest != 0 ? 64 + Long.numberOfTrailingZeros(rest) : -1;
    }

    boolean nothingHappened() {
        return left.size() == 0 && changedCount() == 0 && events.size() == 0 && (enteredLow | enteredHigh) == 0;
    }

    void forgetWhatHappened() {
        left.clear();
        events.clear();
        if (changes != null) {
            changes.clear();
        }
        enteredLow = 0;
        enteredHigh = 0;
    }
}
