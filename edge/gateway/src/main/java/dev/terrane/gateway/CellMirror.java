package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway knows of one cell: its epoch, its last tick, the chunks that sessions watch.
 *
 * <p>Watching is two facts kept in step: what sessions want ({@code watcherCount}) and what the cell was told. Differences wait in a
 * list until the cell takes the message, so a full inbox delays a watch and never loses it.
 */
final class CellMirror {
    /** A slice that does not fit is asked for again after this time, should the answer have been lost. */
    private static final long ASK_AGAIN_NANOS = 500_000_000L;

    /** Full slices were asked for, others come, but these do not: the question was lost, for the cell's inbox was full when it came there. */
    private static final long ANSWER_NANOS = 3_000_000_000L;

    private static final long LOOK_NANOS = 1_000_000_000L;

    /** Slices of a chunk that nobody here watches: a few are on their way when it is given up; more, and the cell was not told. */
    private static final int STRAY_COUNT_MAX = 8;

    /** After a lost frame more are likely to follow: full slices would only add to the flood. */
    private static final long LOSS_SETTLES_NANOS = 250_000_000L;

    final CellId id;
    final ChunkGrid grid;
    final double originX;
    final double originY;
    final WorldMirror world;
    /** Of the chunks, not of the region: the last ones reach beyond it. */
    final Bounds worldBounds;

    /** What was taken in already and is dealt out next; see {@link GatewayAgent}. */
    @Nullable
    CellFrame takenIn;

    /** Its frames come faster than they can be dealt out; see {@link GatewayAgent}. */
    boolean late;
    /** Its frames since one was dealt out. */
    int skippedFrames;

    private final WireLayout layout;
    private final MirrorMeters meters;
    private final @Nullable ChunkMirror[] chunks;
    private final @Nullable Viewpoint[] viewpoints;
    private @Nullable ChunkMirror[] toTell = new ChunkMirror[16];
    private int toTellCount;
    /** By chunk that is not watched: slices that came of it. */
    private final byte[] strayCount;

    private int watchedCount;
    private int overdueStrayCount;
    private long lookedAtNanos;
    /** By part: the first number of its slices, or -1. */
    private int[] numbers = {-1};

    private long epoch = CellPort.ANY_EPOCH;
    private long tick = -1;
    private long heardAtNanos;
    private boolean lost;
    private long lostAtNanos;

    CellMirror(CellId id, WorldMirror world, MirrorMeters meters) {
        this.id = id;
        this.world = world;
        this.grid = new ChunkGrid(
                world.view().partition().bounds(id.region()), world.view().chunkMetres());
        this.originX = world.view().partition().originX(id.region());
        this.originY = world.view().partition().originY(id.region());
        Bounds local = world.view().partition().bounds(id.region());
        double minX = local.minX() + originX;
        double minY = local.minY() + originY;
        this.worldBounds = new Bounds(
                minX, minY, minX + grid.columns() * grid.sideMetres(), minY + grid.rows() * grid.sideMetres());
        this.layout = world.layout();
        this.meters = meters;
        this.chunks = new ChunkMirror[grid.chunkCount()];
        this.viewpoints = new Viewpoint[grid.chunkCount()];
        this.strayCount = new byte[grid.chunkCount()];
    }

    /** The newest that was heard of, or {@link CellPort#ANY_EPOCH}. */
    long epoch() {
        return epoch;
    }

    /** Of the last frame; what is mirrored is true as of then. */
    long tick() {
        return tick;
    }

    int watchedCount() {
        return watchedCount;
    }

    @Nullable
    ChunkMirror chunk(int index) {
        return chunks[index];
    }

    /** What clients call a slice. */
    int numberOf(int chunk, int part) {
        int known = numbers.length;
        if (part >= known) {
            numbers = Arrays.copyOf(numbers, part + 1);
            Arrays.fill(numbers, known, numbers.length, -1);
        }
        if (numbers[part] < 0) {
            numbers[part] = world.numbers().take();
        }
        return numbers[part] + chunk;
    }

    /** The cell is gone. */
    void giveNumbersBack() {
        for (int part = 0; part < numbers.length; part++) {
            if (numbers[part] >= 0) {
                world.numbers().giveBack(numbers[part]);
                numbers[part] = -1;
            }
        }
    }

    /** Where avatars of this cell stand; null while none stands in that chunk. */
    @Nullable
    Viewpoint viewpoint(int chunk) {
        return viewpoints[chunk];
    }

    void setViewpoint(int chunk, @Nullable Viewpoint viewpoint) {
        viewpoints[chunk] = viewpoint;
    }

    /** The chunk's mirror, made when there is none; it lasts while it is watched. */
    ChunkMirror chunkFor(int index) {
        ChunkMirror chunk = chunks[index];
        if (chunk == null) {
            chunk = new ChunkMirror(this, index);
            chunks[index] = chunk;
            forgetStray(index);
        }
        return chunk;
    }

    void watch(ChunkMirror chunk, Viewpoint viewpoint) {
        if (chunk.addWatcher(viewpoint)) {
            watchedCount++;
            chunk.again = chunk.told; // our Unwatch is still here; what was mirrored is not
            list(chunk);
        }
    }

    void unwatch(ChunkMirror chunk, Viewpoint viewpoint) {
        if (chunk.removeWatcher(viewpoint)) {
            watchedCount--;
            chunk.forgetSlices();
            list(chunk);
        }
    }

    /** The cell started under this epoch: whatever it was told before, it may have been its former self. */
    void up(long newEpoch, long nowNanos) {
        if (newEpoch > epoch) {
            epoch = newEpoch;
            tick = -1;
            forgetAll();
            askAgainForAll(nowNanos);
        }
    }

    /** A frame came from this epoch. False when it is the past that speaks. */
    private boolean heardOf(long newEpoch, long nowNanos) {
        if (newEpoch < epoch) {
            return false;
        }
        if (epoch == CellPort.ANY_EPOCH) {
            epoch = newEpoch; // the first word of this cell; if it answers a former self's watch, CellUp follows
        }
        up(newEpoch, nowNanos);
        return true;
    }

    /** The cell may have heard nothing of what it was told lately, nor we of what it said. */
    void wayMended(long nowNanos) {
        askAgainForAll(nowNanos);
    }

    /** The cell has forgotten what it was told, and is told under another number. */
    void tellAllAnew() {
        for (ChunkMirror chunk : chunks) {
            if (chunk != null && chunk.watched()) {
                chunk.told = false;
                list(chunk);
            }
        }
    }

    /** A frame was lost on its way, and nobody knows which slices it held. In a flood of losses one question at a time is enough. */
    void frameLost(long nowNanos) {
        if (!lost) {
            lost = true;
            lostAtNanos = nowNanos;
        }
    }

    /** A watched cell speaks at every snapshot. One that is silent may have begun anew without our hearing of it. */
    void onTimer(long nowNanos, long silenceNanosMax) {
        if (watchedCount == 0) {
            heardAtNanos = nowNanos;
        } else if (nowNanos - heardAtNanos > silenceNanosMax) {
            heardAtNanos = nowNanos;
            askAgainForAll(nowNanos);
        } else if (nowNanos - lookedAtNanos > LOOK_NANOS) {
            lookedAtNanos = nowNanos;
            askForOverdue(nowNanos);
        }
    }

    private void askForOverdue(long nowNanos) {
        for (ChunkMirror chunk : chunks) {
            if (chunk != null
                    && chunk.watched()
                    && chunk.told
                    && chunk.awaitingFull
                    && nowNanos - chunk.askedAtNanos > world.dilated(ANSWER_NANOS)) {
                askAgain(chunk, nowNanos);
            }
        }
    }

    private void askAgainForAll(long nowNanos) {
        for (ChunkMirror chunk : chunks) {
            if (chunk != null && chunk.watched() && chunk.told) {
                askAgain(chunk, nowNanos);
            }
        }
    }

    /** Takes the slices of a frame in; false when the frame is of the past. */
    boolean apply(CellFrame frame, ByteReader reader, long nowNanos) {
        if (!heardOf(frame.epoch(), nowNanos) || frame.tick() <= tick) {
            return false;
        }
        for (int i = 0; i < frame.sliceCount(); i++) {
            int index = frame.chunk()[i];
            ChunkMirror chunk = index >= 0 && index < chunks.length ? chunks[index] : null;
            if (chunk != null && chunk.watched()) {
                apply(chunk, frame, i, reader, nowNanos);
            } else if (chunk == null && index >= 0 && index < chunks.length) {
                stray(index);
            }
        }
        tick = frame.tick();
        heardAtNanos = nowNanos;
        return true;
    }

    private void stray(int index) {
        if (strayCount[index] <= STRAY_COUNT_MAX && ++strayCount[index] > STRAY_COUNT_MAX) {
            overdueStrayCount++;
        }
    }

    private void forgetStray(int index) {
        if (strayCount[index] > STRAY_COUNT_MAX) {
            overdueStrayCount--;
        }
        strayCount[index] = 0;
    }

    private void turnStraysAway(CellPort cells, int gateway) {
        int[] unwanted = new int[overdueStrayCount];
        int count = 0;
        for (int index = 0; index < strayCount.length; index++) {
            if (strayCount[index] > STRAY_COUNT_MAX) {
                unwanted[count++] = index;
            }
        }
        if (taken(cells, new CellInput.Unwatch(gateway, unwanted))) {
            for (int index : unwanted) {
                forgetStray(index);
            }
        }
    }

    private void apply(ChunkMirror chunk, CellFrame frame, int i, ByteReader reader, long nowNanos) {
        try {
            if (frame.baseSeq()[i] < 0) {
                chunk.applyFull(frame, i, reader, layout);
                return;
            }
            if (chunk.applyDelta(frame, i, reader)) {
                return;
            }
            meters.gaps.one();
        } catch (MalformedBytesException e) {
            meters.malformed.one(); // a bug of the encoder: the slice is no longer whole, so it heals like a gap
        }
        if (!chunk.awaitingFull || nowNanos - chunk.askedAtNanos > ASK_AGAIN_NANOS) {
            askAgain(chunk, nowNanos);
        }
    }

    private void askAgain(ChunkMirror chunk, long nowNanos) {
        chunk.again = true;
        chunk.awaitFull();
        chunk.askedAtNanos = nowNanos;
        list(chunk);
        meters.rewatches.one();
    }

    private void forgetAll() {
        for (ChunkMirror chunk : chunks) {
            if (chunk != null) {
                chunk.forgetSlices();
            }
        }
    }

    private void list(ChunkMirror chunk) {
        if (chunk.listed) {
            return;
        }
        chunk.listed = true;
        if (toTellCount == toTell.length) {
            toTell = Arrays.copyOf(toTell, toTellCount * 2);
        }
        toTell[toTellCount++] = chunk;
    }

    /** Tells the cell what changed in what is wanted; what it does not take now waits for the next call. */
    void flush(CellPort cells, int gateway, long nowNanos) {
        if (lost && nowNanos - lostAtNanos >= LOSS_SETTLES_NANOS) {
            lost = false;
            askAgainForAll(nowNanos);
        }
        if (overdueStrayCount > 0) {
            turnStraysAway(cells, gateway);
        }
        if (toTellCount == 0) {
            return;
        }
        int[] wanted = new int[toTellCount];
        int[] unwanted = new int[toTellCount];
        int wantedCount = 0;
        int unwantedCount = 0;
        for (int i = 0; i < toTellCount; i++) {
            ChunkMirror chunk = listed(i);
            if (chunk.watched() && (!chunk.told || chunk.again)) {
                wanted[wantedCount++] = chunk.index;
            } else if (!chunk.watched() && chunk.told) {
                unwanted[unwantedCount++] = chunk.index;
            }
        }
        boolean unwatched = unwantedCount == 0
                || taken(cells, new CellInput.Unwatch(gateway, Arrays.copyOf(unwanted, unwantedCount)));
        boolean watched =
                wantedCount == 0 || taken(cells, new CellInput.Watch(gateway, Arrays.copyOf(wanted, wantedCount)));
        settle(unwatched, watched, nowNanos);
    }

    private boolean taken(CellPort cells, CellInput message) {
        return cells.offer(id, CellPort.ANY_EPOCH, message) == Admission.ACCEPTED;
    }

    private void settle(boolean unwatched, boolean watched, long nowNanos) {
        int kept = 0;
        for (int i = 0; i < toTellCount; i++) {
            ChunkMirror chunk = listed(i);
            boolean done = chunk.watched() ? watched : unwatched;
            if (!done) {
                toTell[kept++] = chunk;
                continue;
            }
            chunk.listed = false;
            if (chunk.watched()) {
                if (chunk.again || !chunk.told) {
                    chunk.awaitFull();
                }
                chunk.askedAtNanos = nowNanos;
                chunk.told = true;
                chunk.again = false;
            } else {
                chunks[chunk.index] = null;
            }
        }
        Arrays.fill(toTell, kept, toTellCount, null);
        toTellCount = kept;
    }

    private ChunkMirror listed(int i) {
        ChunkMirror chunk = toTell[i];
        if (chunk == null) {
            throw new IllegalStateException("entry " + i + " of " + toTellCount + " is missing");
        }
        return chunk;
    }
}
