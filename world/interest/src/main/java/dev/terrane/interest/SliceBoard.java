package dev.terrane.interest;

import dev.terrane.base.CellId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.ChunkGrid;

/**
 * A cell's entities as clients may see them: each in one place (chunk, part, slot), its public fields quantised as last sent.
 *
 * <p>Not state of the cell: nothing of it is checkpointed, a restarted cell begins with an empty board and is watched anew.
 * Not thread-safe: called by the cell's tick only.
 */
public final class SliceBoard {
    /**
     * @param entities components must contain those of the kit; an entity without {@code Position} is seen by nobody
     * @param events the records that may be emitted, as a schema: the event number is the place in it
     */
    public SliceBoard(EntityStore entities, Schema events, ChunkGrid chunks) {
        throw new UnsupportedOperationException();
    }

    /** Full slices of these chunks at the next snapshot, then deltas. Asking again gives full slices again. Indices outside the grid are ignored. */
    public void watch(int gateway, int[] chunks) {
        throw new UnsupportedOperationException();
    }

    public void unwatch(int gateway, int[] chunks) {
        throw new UnsupportedOperationException();
    }

    public void forgetGateway(int gateway) {
        throw new UnsupportedOperationException();
    }

    /** Tells everybody who watches the chunk of this place, with the next snapshot. */
    public void emit(Record event, float x, float y) {
        throw new UnsupportedOperationException();
    }

    /** Tells one session, with the next frame that lists it. */
    public void tell(long session, Record event) {
        throw new UnsupportedOperationException();
    }

    /** The entity was handed to another cell: call it before its despawn is flushed, so that clients expect it elsewhere. */
    public void departed(long entity) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes in everything that changed since the last call and encodes it; then clears the store's change marks. Once per snapshot tick, after the
     * last flush of the store.
     */
    public void collect(long tick) {
        throw new UnsupportedOperationException();
    }

    /**
     * What one gateway is told about the snapshot that was last collected. Call it once per gateway and snapshot: it takes the full slices
     * and the sessions' own events along.
     */
    public CellFrame frame(int gateway, FrameHeader header, AvatarList avatars) {
        throw new UnsupportedOperationException();
    }

    /** Whether the gateway watches any chunk. */
    public boolean watches(int gateway) {
        throw new UnsupportedOperationException();
    }

    /** What every frame of a snapshot says. */
    public record FrameHeader(CellId cell, long epoch, long tick, long simulatedAtMillis, float dilation) {}
}
