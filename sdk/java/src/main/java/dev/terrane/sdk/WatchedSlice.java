package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SliceWriter;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A slice that the server tells us about, with the entities it claims. Owned by its {@link View}. */
final class WatchedSlice {
    final Key key;
    final RegionId region;
    final double originX;
    final double originY;
    final SliceState state;
    final @Nullable Entity[] bySlot = new Entity[SliceWriter.SLOT_COUNT];
    /** By slot: whether its entity's values are those of this slice. Kept here, because changes of a whole crowd are read without looking at each entity. */
    private final BitSet believed = new BitSet(SliceWriter.SLOT_COUNT);

    int seq;
    int tick;

    /** Which slice of the world. */
    record Key(int regionA, int regionB, int layer, int chunk, int part) {
        boolean isIn(int otherA, int otherB, int otherLayer, int otherChunk) {
            return regionA == otherA && regionB == otherB && layer == otherLayer && chunk == otherChunk;
        }
    }

    WatchedSlice(Key key, double originX, double originY, SliceState state) {
        this.key = key;
        this.region = new RegionId(key.regionA(), key.regionB());
        this.originX = originX;
        this.originY = originY;
        this.state = state;
    }

    boolean isBelieved(int slot) {
        return believed.get(slot);
    }

    void setBelieved(int slot, boolean isBelieved) {
        believed.set(slot, isBelieved);
    }
}
