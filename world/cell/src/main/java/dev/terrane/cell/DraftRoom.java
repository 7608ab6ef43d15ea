package dev.terrane.cell;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.StoreCopy;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.rewind.History;
import dev.terrane.rewind.HistoryCopy;

/**
 * The memory of a draft: what is small as bytes, what is large as copies of arrays, and where among the bytes the copies belong. Used again by a later draft
 * of the same cell. It belongs to the cell's tick while it is filled, then to whoever has the draft.
 */
final class DraftRoom {
    /** More are never left out of one draft. */
    private static final int GAP_COUNT_MAX = 5;

    final ByteWriter parts = new ByteWriter(1024);

    private final StoreCopy entities;
    private final StoreCopy ghosts;
    private final NeighbourGrid neighbours;
    private final NeighbourGrid ghostNeighbours;
    private final HistoryCopy past;

    /** What is left out of {@link #parts}, in order. */
    private final Copied[] gaps = new Copied[GAP_COUNT_MAX];

    private final int[] gapAt = new int[GAP_COUNT_MAX];
    private int gapCount;

    /** Copied rather than written: as large as a cell is full. */
    enum Copied {
        ENTITIES,
        NEIGHBOURS,
        GHOSTS,
        GHOST_NEIGHBOURS,
        PAST
    }

    DraftRoom(
            EntityStore entities,
            EntityStore ghosts,
            NeighbourGrid neighbours,
            NeighbourGrid ghostNeighbours,
            History past) {
        this.entities = new StoreCopy(entities.schema());
        this.ghosts = new StoreCopy(ghosts.schema());
        this.neighbours = neighbours.like();
        this.ghostNeighbours = ghostNeighbours.like();
        this.past = past.like();
    }

    DraftRoom clear() {
        parts.clear();
        gapCount = 0;
        return this;
    }

    void copyEntities(EntityStore source) {
        source.copy(entities);
        leaveOut(Copied.ENTITIES);
    }

    void copyNeighbours(NeighbourGrid source) {
        source.copy(neighbours);
        leaveOut(Copied.NEIGHBOURS);
    }

    void copyGhosts(EntityStore source) {
        source.copy(ghosts);
        leaveOut(Copied.GHOSTS);
    }

    void copyGhostNeighbours(NeighbourGrid source) {
        source.copy(ghostNeighbours);
        leaveOut(Copied.GHOST_NEIGHBOURS);
    }

    void copyPast(History source) {
        source.copy(past);
        leaveOut(Copied.PAST);
    }

    private void leaveOut(Copied copied) {
        gaps[gapCount] = copied;
        gapAt[gapCount++] = parts.size();
    }

    int gapCount() {
        return gapCount;
    }

    /** The entities as they were. */
    StoreCopy entities() {
        return entities;
    }

    /** Writes bytes {@code from} until {@code to} of the parts, and in them what was left out as gaps {@code firstGap} until {@code lastGap}. */
    void write(int from, int to, int firstGap, int lastGap, ByteWriter out) {
        int at = from;
        for (int gap = firstGap; gap < lastGap; gap++) {
            out.raw(parts.array(), at, gapAt[gap] - at);
            at = gapAt[gap];
            fill(gaps[gap], out);
        }
        out.raw(parts.array(), at, to - at);
    }

    private void fill(Copied gap, ByteWriter out) {
        switch (gap) {
            case ENTITIES -> entities.write(out);
            case NEIGHBOURS -> neighbours.write(out);
            case GHOSTS -> ghosts.write(out);
            case GHOST_NEIGHBOURS -> ghostNeighbours.write(out);
            case PAST -> past.write(out);
        }
    }
}
