package dev.terrane.gateway;

import java.util.Arrays;

/**
 * A chunk in which avatars stand, and what is seen from it: one for all sessions whose avatars are in that chunk of that cell.
 *
 * <pre>
 *   chunks in reach, nearest first ─► their slices in the same order ─► ring 0 │ ring 1 │ …
 * </pre>
 *
 * <p>Distances are measured from the chunk, so they hold for whoever stands in it. The slices are laid out anew when some came or went; what sessions
 * have of them is then realigned.
 */
final class Viewpoint {
    static final SliceMirror[] NO_SLICES = {};

    final CellMirror cell;
    final int chunk;
    final Company company;
    /** The slices in view that are not for everybody. */
    final GroupView groups = new GroupView();
    /** Its place among all viewpoints of the gateway. */
    int number;

    private final double minX;
    private final double minY;
    private final double maxX;
    private final double maxY;
    private ChunkMirror[] chunks = {};
    private int[] ringOfChunk = {};
    private final int[] ringEnd;
    private SliceMirror[] slices = NO_SLICES;
    private boolean stale;
    /** Some chunk in reach is not watched, because the mirror is at its limit. */
    boolean partial;

    /** @param slackMetres so far outside the chunk an avatar may stray before it is elsewhere */
    Viewpoint(CellMirror cell, int chunk, Company company, int ringCount, double slackMetres) {
        this.company = company;
        this.cell = cell;
        this.chunk = chunk;
        double half = cell.grid.sideMetres() / 2 + slackMetres;
        minX = cell.grid.centreX(chunk) - half;
        minY = cell.grid.centreY(chunk) - half;
        maxX = cell.grid.centreX(chunk) + half;
        maxY = cell.grid.centreY(chunk) + half;
        ringEnd = new int[ringCount];
    }

    /** Whether an avatar that was here still is, in local metres of the cell. */
    boolean holds(float x, float y) {
        return x >= minX && x <= maxX && y >= minY && y <= maxY;
    }

    int chunkCount() {
        return chunks.length;
    }

    int sliceCount() {
        return slices.length;
    }

    SliceMirror slice(int place) {
        return slices[place];
    }

    SliceMirror[] slices() {
        return slices;
    }

    /** The place of a slice, or -1 if it is not in view. */
    int placeOf(SliceMirror wanted) {
        return placeOf(wanted, slices);
    }

    static int placeOf(SliceMirror wanted, SliceMirror[] slices) {
        for (int i = 0; i < slices.length; i++) {
            if (slices[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    int ringCount() {
        return ringEnd.length;
    }

    /** Slices of rings up to this one are before this place. */
    int ringEnd(int ring) {
        return ringEnd[ring];
    }

    int ringOf(int place) {
        int ring = 0;
        while (ring < ringEnd.length - 1 && place >= ringEnd[ring]) {
            ring++;
        }
        return ring;
    }

    /** A slice of a chunk in view came or went. */
    void disturb() {
        stale = true;
    }

    boolean stale() {
        return stale;
    }

    /** Takes what is in reach now: watches what is new, then lets go what is no longer. Both arrays are the viewpoint's from now on. */
    void settle(ChunkMirror[] inReach, int[] rings) {
        for (ChunkMirror each : inReach) {
            each.cell.watch(each, this);
        }
        for (ChunkMirror each : chunks) {
            each.cell.unwatch(each, this);
        }
        chunks = inReach;
        ringOfChunk = rings;
        stale = true;
    }

    /** Lists the slices again, and realigns what everybody here has of them. */
    void layOut(Realignment realignment) {
        int count = 0;
        for (ChunkMirror each : chunks) {
            count += each.partCount();
        }
        SliceMirror[] now = count == 0 ? NO_SLICES : new SliceMirror[count];
        int place = 0;
        Arrays.fill(ringEnd, 0);
        for (int c = 0; c < chunks.length; c++) {
            for (int p = 0; p < chunks[c].partCount(); p++) {
                SliceMirror slice = chunks[c].part(p);
                if (slice != null && slice.isForEverybody()) {
                    now[place++] = slice;
                }
            }
            ringEnd[ringOfChunk[c]] = place;
        }
        for (int ring = 1; ring < ringEnd.length; ring++) {
            ringEnd[ring] = Math.max(ringEnd[ring], ringEnd[ring - 1]);
        }
        now = place == count ? now : Arrays.copyOf(now, place);
        company.realign(realignment.between(slices, now));
        slices = now;
        stale = false;
        groups.disturb();
    }

    /** The chunks in view, nearest first. */
    ChunkMirror[] chunks() {
        return chunks;
    }

    /** Nobody stands here any more. */
    void close() {
        for (ChunkMirror each : chunks) {
            each.cell.unwatch(each, this);
        }
        chunks = new ChunkMirror[0];
        slices = NO_SLICES;
    }

    @Override
    public String toString() {
        return "viewpoint " + cell.id + " chunk " + chunk;
    }
}
