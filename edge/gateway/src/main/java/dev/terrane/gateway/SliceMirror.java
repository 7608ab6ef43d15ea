package dev.terrane.gateway;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.DeltaMerger;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.SliceAudience;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One slice as its cell last told it: the decoded values, the bytes of its last deltas, and its keyframe, encoded when the first
 * session asks for it and then shared by all.
 */
final class SliceMirror {
    /** Deltas kept: a session that missed up to so many versions is still served without a keyframe. */
    static final int DELTA_COUNT_MAX = DeltaMerger.DELTA_COUNT_MAX;

    final ChunkMirror chunk;
    final SliceAddress address;
    /** Who may be sent it, see {@link SliceAudience}. */
    final long audience;
    /** What clients are told that it is called; see {@link SliceNumbers}. */
    final int number;
    /** It may lack something, and was asked for in full since. */
    boolean awaited;
    /** Scratch of {@link Realignment}. */
    int mark;

    int place;
    private final SliceState state;
    private final byte[][] deltas = new byte[DELTA_COUNT_MAX][];
    private final int[] deltaLength = new int[DELTA_COUNT_MAX];
    private final int[] deltaBase = new int[DELTA_COUNT_MAX];
    private final int[] deltaSeq = new int[DELTA_COUNT_MAX];
    private final int[] deltaEntityCount = new int[DELTA_COUNT_MAX];
    private final long[] deltaTick = new long[DELTA_COUNT_MAX];
    private final Touching touched;
    /** By the deltas in it, from two on. */
    private final @Nullable MergedDelta[] merged = new MergedDelta[DELTA_COUNT_MAX - 1];

    private int newest;
    private int deltaCount;
    // The newest delta once more: nearly all that is sent is this one, and reading it from the arrays would touch six
    // places of memory for each receiver.
    private byte[] newestBytes = {};
    private int newestLength;
    private int newestBase;
    private int newestEntityCount;
    private long newestTick;

    private final ByteWriter keyframe = new ByteWriter(64);
    private boolean keyframeFresh;
    private int seq;
    private boolean whole;

    SliceMirror(ChunkMirror chunk, SliceAddress address, long audience, WireLayout layout) {
        this.chunk = chunk;
        this.address = address;
        this.audience = audience;
        this.number = chunk.cell.numberOf(address.chunk(), address.part());
        this.touched = new Touching(chunk.cell.world.index(), this);
        this.state = new SliceState(layout);
        Arrays.fill(deltas, new byte[0]);
    }

    /** False while versions are missing: nothing of it can be sent until the cell gives a full slice. */
    boolean whole() {
        return whole;
    }

    int seq() {
        return seq;
    }

    int entityCount() {
        return state.entityCount();
    }

    SliceState state() {
        return state;
    }

    /** Takes entry i of a frame, a full slice. */
    void applyFull(CellFrame frame, int i, ByteReader reader) {
        whole = false; // stays so if the bytes turn out malformed
        state.applyKeyframe(reader.wrap(frame.bytes(), frame.offset()[i], frame.length()[i]), touched);
        keyframe.clear().raw(frame.bytes(), frame.offset()[i], frame.length()[i]);
        keyframeFresh = true;
        deltaCount = 0;
        for (MergedDelta each : merged) {
            if (each != null) {
                each.expire();
            }
        }
        seq = frame.seq()[i];
        whole = true;
    }

    /** Takes entry i of a frame, a delta; false if it does not fit to the version that is here. */
    boolean applyDelta(CellFrame frame, int i, ByteReader reader) {
        if (!whole || frame.baseSeq()[i] != seq) {
            whole = false;
            return false;
        }
        whole = false;
        touched.count = 0;
        state.applyDelta(reader.wrap(frame.bytes(), frame.offset()[i], frame.length()[i]), touched);
        keyframeFresh = false;
        newest = (newest + 1) % DELTA_COUNT_MAX;
        deltaCount = Math.min(DELTA_COUNT_MAX, deltaCount + 1);
        int length = frame.length()[i];
        if (deltas[newest].length < length) {
            deltas[newest] = new byte[Math.max(64, length + length / 4)];
        }
        System.arraycopy(frame.bytes(), frame.offset()[i], deltas[newest], 0, length);
        deltaLength[newest] = length;
        deltaBase[newest] = seq;
        deltaSeq[newest] = frame.seq()[i];
        deltaEntityCount[newest] = touched.count;
        deltaTick[newest] = frame.tick();
        newestBytes = deltas[newest];
        newestLength = length;
        newestBase = seq;
        newestEntityCount = touched.count;
        newestTick = frame.tick();
        seq = frame.seq()[i];
        whole = true;
        return true;
    }

    /** How many of the last deltas lead from that version to the present one; 0 when they do not reach back so far. */
    int chainFrom(int sentSeq) {
        if (deltaCount > 0 && newestBase == sentSeq) {
            return 1;
        }
        for (int back = 1; back < deltaCount; back++) {
            if (deltaBase[slot(back)] == sentSeq) {
                return back + 1;
            }
        }
        return 0;
    }

    /** @param back 0 for the last delta, 1 for the one before … */
    byte[] deltaBytes(int back) {
        return back == 0 ? newestBytes : deltas[slot(back)];
    }

    int deltaLength(int back) {
        return back == 0 ? newestLength : deltaLength[slot(back)];
    }

    int deltaBase(int back) {
        return back == 0 ? newestBase : deltaBase[slot(back)];
    }

    int deltaSeq(int back) {
        return back == 0 ? seq : deltaSeq[slot(back)];
    }

    long deltaTick(int back) {
        return back == 0 ? newestTick : deltaTick[slot(back)];
    }

    /** Entities whose values the delta carries. */
    int deltaEntityCount(int back) {
        return back == 0 ? newestEntityCount : deltaEntityCount[slot(back)];
    }

    /** The last deltas, so many of them, as one; null if they can only be sent one by one. Valid until the next version. */
    @Nullable
    MergedDelta merged(int chain, DeltaMerger merger) {
        MergedDelta one = merged[chain - 2];
        if (one == null) {
            one = new MergedDelta();
            merged[chain - 2] = one;
        }
        return one.make(this, chain, merger) ? one : null;
    }

    /** The present version as the <i>entities</i> of a keyframe; valid until the next version. */
    ByteWriter keyframe() {
        if (!keyframeFresh) {
            state.writeKeyframe(keyframe.clear());
            keyframeFresh = true;
        }
        return keyframe;
    }

    private int slot(int back) {
        return (newest - back + DELTA_COUNT_MAX) % DELTA_COUNT_MAX;
    }

    boolean isForEverybody() {
        return audience == SliceAudience.EVERYBODY;
    }

    /** Its entities are no longer here. */
    void end() {
        for (int slot = 0; slot < state.slotLimit(); slot++) {
            if (state.entity(slot) != 0) {
                chunk.cell.world.index().left(state.entity(slot), this);
            }
        }
        whole = false;
    }

    /** Counts entities that a delta carries values of, and keeps the index. */
    private static final class Touching implements SliceListener {
        private final SliceIndex index;
        private final SliceMirror owner;
        private int count;

        Touching(SliceIndex index, SliceMirror owner) {
            this.index = index;
            this.owner = owner;
        }

        @Override
        public void entered(SliceState slice, int slot) {
            count++;
            if (owner.isForEverybody() || slice.layout(slot).indexOf(owner.chunk.cell.world.positionField()) >= 0) {
                index.entered(slice.entity(slot), owner); // not for what a group is told beside the entity itself
            }
        }

        @Override
        public void changed(SliceState slice, int slot, long fieldMask) {
            count++;
        }

        @Override
        public void left(SliceState slice, int slot, LeftReason reason) {
            index.left(slice.entity(slot), owner);
        }
    }
}
