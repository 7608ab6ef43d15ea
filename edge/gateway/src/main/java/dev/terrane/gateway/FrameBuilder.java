package dev.terrane.gateway;

import dev.terrane.protocol.client.DeltaMerger;
import dev.terrane.protocol.client.SnapshotBody;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the slices of a snapshot together, for a company or for one session that is alone, into the buffer that goes to the network. One per gateway,
 * reused; allocates nothing.
 *
 * <pre>
 *   what to forget · slices with somebody important · the one that waited longest · others that waited (half of the room) · nearest first
 * </pre>
 *
 * <p>A slice whose base is there goes out as the shared delta bytes, some versions behind as one delta made of several, else as the shared keyframe. What is due
 * and does not fit waits. Of those that wait, the longest waiting is served first in the next snapshot, whatever its size. So <b>staleness is bounded</b>:
 * a slice of ring k comes due within 2^k snapshots (2^(k+1) while far rings are shed), and then waits no longer than there are slices in view.
 *
 * <p>Who is alone follows the company: a slice is served when the company has its present version, so that both become equal, or when nothing was ever
 * sent of it.
 */
final class FrameBuilder {
    private final FrameMeters meters;
    private final DeltaMerger merger = new DeltaMerger();
    private SnapshotBody out = new SnapshotBody();
    private SliceMirror[] slices = Viewpoint.NO_SLICES;
    private ViewState state = new ViewState();
    private @Nullable ViewState leader;
    private long tick;
    private int dueEnd;
    private int entityBudget;
    private int longest;
    private boolean leftBehind;

    FrameBuilder(FrameMeters meters) {
        this.meters = meters;
    }

    /**
     * Begins a frame.
     *
     * @param whose what the receivers have
     * @param company what the company has, when one session is served alone; null for the company itself
     * @param dueUntil places before this one are due by their ring
     */
    void aim(Viewpoint from, ViewState whose, @Nullable ViewState company, long atTick, int dueUntil) {
        slices = from.slices();
        state = whose;
        leader = company;
        tick = atTick;
        dueEnd = dueUntil;
        leftBehind = false;
        findLongestWaiting();
    }

    /** Bytes that the slice that waited longest may take beyond the limit. */
    int bytesBeyond() {
        if (longest < 0) {
            return 0;
        }
        SliceMirror slice = slices[longest];
        int sent = state.sent(longest);
        int chain = slice.chainFrom(sent);
        MergedDelta one = chain > 1 ? slice.merged(chain, merger) : null;
        return one == null ? bytesOf(slice, sent) : one.length() + SnapshotBody.RECORD_HEAD_BYTES_MAX;
    }

    /**
     * Fills what fits.
     *
     * @param body begun on the buffer
     * @param limit up to this the buffer may be filled, and {@link #bytesBeyond} further by one slice
     * @param important slices to serve before all others, the first {@code importantCount}
     */
    void fill(
            SnapshotBody body,
            ByteBuffer buffer,
            int limit,
            int entities,
            @Nullable SliceMirror[] important,
            int importantCount) {
        out = body;
        entityBudget = entities;
        buffer.limit(Math.max(buffer.position(), limit));
        if (!forget()) {
            leftBehind = true;
            return;
        }
        for (int i = 0; i < importantCount; i++) {
            SliceMirror slice = important[i];
            int place = slice == null ? -1 : Viewpoint.placeOf(slice, slices);
            if (place >= 0 && hasNews(place)) {
                serve(place, false);
            }
        }
        if (longest >= 0) {
            if (hasNews(longest)) { // it may have been among the important ones
                buffer.limit(Math.max(buffer.position(), limit) + bytesBeyond());
                serve(longest, true);
            }
            serveWaiting(buffer, limit);
        }
        serveNearest();
    }

    /** Whether everything that was due was served. */
    boolean complete() {
        return !leftBehind;
    }

    /** Sends the slice whole although its receivers may have it. @return whether it fitted, or cannot be sent now */
    boolean renew(SnapshotBody body, int place) {
        if (!state.toForget().isEmpty()) {
            return false; // its number may be one that has to be forgotten first
        }
        out = body;
        SliceMirror slice = slices[place];
        return !slice.whole() || keyframe(place, slice, false);
    }

    private boolean forget() {
        List<ChunkMirror> gone = state.toForget();
        while (!gone.isEmpty()) {
            if (!out.forget(gone.getLast().address)) {
                return false;
            }
            gone.removeLast();
        }
        return true;
    }

    /** Half of what is left goes to those who waited, from where the longest wait was: the nearest must not starve the rest. */
    private void serveWaiting(ByteBuffer buffer, int limit) {
        buffer.limit(Math.max(buffer.position(), (buffer.position() + limit) / 2));
        int entitiesKept = Math.max(0, entityBudget) / 2;
        entityBudget -= entitiesKept;
        for (int k = 0; k < slices.length; k++) {
            int place = (longest + k) % slices.length;
            if (state.since(place) != 0 && due(place)) {
                serve(place, false);
            }
        }
        entityBudget += entitiesKept;
        buffer.limit(Math.max(buffer.position(), limit));
    }

    private void serveNearest() {
        boolean all = leader != null || state.uneven();
        int until = all ? slices.length : dueEnd;
        boolean uneven = false;
        for (int place = 0; place < until; place++) {
            if (due(place) && !serve(place, false)) {
                state.waits(place, tick);
                leftBehind = true;
                meters.slicesWaiting.one();
            }
            uneven |= state.sent(place) == ViewState.NOTHING;
        }
        state.setUneven(uneven || leftBehind);
    }

    private boolean due(int place) {
        if (!hasNews(place)) {
            return false;
        }
        int sent = state.sent(place);
        ViewState company = leader;
        if (company != null) {
            return sent == ViewState.NOTHING || company.sent(place) == slices[place].seq();
        }
        return place < dueEnd || sent == ViewState.NOTHING || state.since(place) != 0;
    }

    private boolean hasNews(int place) {
        SliceMirror slice = slices[place];
        return slice.whole() && state.sent(place) != slice.seq();
    }

    /**
     * @param privileged may break the limit of entities
     * @return false if it has to wait
     */
    private boolean serve(int place, boolean privileged) {
        SliceMirror slice = slices[place];
        int chain = slice.chainFrom(state.sent(place));
        return chain > 0 ? deltas(place, slice, chain, privileged) : keyframe(place, slice, privileged);
    }

    private boolean deltas(int place, SliceMirror slice, int chain, boolean privileged) {
        MergedDelta one = chain > 1 ? slice.merged(chain, merger) : null;
        if (one != null) {
            return merged(place, slice, slice.deltaBase(chain - 1), one, privileged);
        }
        for (int back = chain - 1; back >= 0; back--) {
            int entities = slice.deltaEntityCount(back);
            if ((entities > entityBudget && !privileged)
                    || !out.delta(
                            slice.number,
                            slice.deltaBase(back),
                            slice.deltaSeq(back),
                            age(slice.deltaTick(back)),
                            slice.deltaBytes(back),
                            0,
                            slice.deltaLength(back))) {
                return false;
            }
            entityBudget -= entities;
            state.advanced(place, slice.deltaSeq(back));
            meters.slicesDelta++;
        }
        state.served(place, slice.seq());
        return true;
    }

    private boolean merged(int place, SliceMirror slice, int base, MergedDelta one, boolean privileged) {
        int entities = one.entityCount();
        if ((entities > entityBudget && !privileged)
                || !out.delta(slice.number, base, slice.seq(), age(slice.deltaTick(0)), one.bytes(), 0, one.length())) {
            return false;
        }
        entityBudget -= entities;
        state.served(place, slice.seq());
        meters.slicesMerged++;
        return true;
    }

    private boolean keyframe(int place, SliceMirror slice, boolean privileged) {
        int entities = slice.entityCount();
        if (entities > entityBudget && !privileged) {
            return false;
        }
        byte[] body = slice.keyframe().array();
        int length = slice.keyframe().size();
        if (!out.keyframe(slice.address, slice.number, slice.seq(), age(slice.chunk.cell.tick()), body, 0, length)) {
            return false;
        }
        entityBudget -= entities;
        state.served(place, slice.seq());
        meters.slicesKeyframe++;
        return true;
    }

    /** A neighbour may be a tick ahead; then its slice is of now. */
    private int age(long sliceTick) {
        return (int) Math.max(0, tick - sliceTick);
    }

    private void findLongestWaiting() {
        longest = -1;
        if (!state.uneven()) {
            return;
        }
        int earliest = Integer.MAX_VALUE;
        for (int place = 0; place < slices.length; place++) {
            int since = state.since(place);
            if (since != 0 && since < earliest && due(place)) {
                earliest = since;
                longest = place;
            }
        }
    }

    /** At most what the slice takes. */
    static int bytesOf(SliceMirror slice, int sent) {
        int chain = slice.chainFrom(sent);
        if (chain == 0) {
            return slice.keyframe().size() + SnapshotBody.RECORD_HEAD_BYTES_MAX;
        }
        int bytes = 0;
        for (int back = 0; back < chain; back++) {
            bytes += slice.deltaLength(back) + SnapshotBody.RECORD_HEAD_BYTES_MAX;
        }
        return bytes;
    }
}
