package dev.terrane.gateway;

import dev.terrane.protocol.client.SnapshotFrame;
import dev.terrane.protocol.cluster.CellFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a snapshot together for one session, straight into the buffer that goes to the network. One per gateway, reused; allocates
 * nothing.
 *
 * <pre>
 *   self · own events · what to forget · slices that waited longest (half the room) · slices nearest first (the rest)
 * </pre>
 *
 * <p>A slice whose base the client has goes out as the shared delta bytes, up to four versions behind as the chain of them, else as
 * the shared keyframe. What does not fit waits. Of those that wait, the one that waited longest is served first in the next frame,
 * whatever its size: so no slice waits longer than there are slices in view.
 */
final class FrameBuilder {
    private final GatewaySettings.Snapshots limits;
    private final FrameMeters meters;
    private final SnapshotFrame out = new SnapshotFrame();
    private long tick;
    private int entityBudget;
    private @Nullable SeenChunk longestChunk;
    private int longestPart;

    FrameBuilder(GatewaySettings.Snapshots limits, FrameMeters meters) {
        this.limits = limits;
        this.meters = meters;
    }

    /** @param i the avatar's place in the frame */
    void send(ClientLink link, SessionView view, FramePace pace, CellFrame frame, int i, int ackSeq) {
        tick = frame.tick();
        entityBudget = limits.entitiesMax();
        boolean whole = pace.fresh();
        if (pace.keyframeDue() && !whole) {
            whole = renew(view);
        }
        if (whole) {
            view.restart();
        }
        findLongestWaiting(view, pace.incomplete);
        int room = SnapshotFrame.HEADER_BYTES + limits.bytesMax() + bytesOfLongest();
        ByteBuffer buffer = link.claim(room);
        int start = buffer.position();
        int limit = start + SnapshotFrame.HEADER_BYTES + limits.bytesMax();
        boolean all;
        try {
            buffer.limit(limit);
            begin(buffer, frame, i, ackSeq, whole);
            all = serveAll(view, buffer, limit, start + room);
        } catch (RuntimeException e) {
            link.release(); // or the error could not be told
            throw e;
        }
        pace.incomplete = !all;
        if (!all) {
            countWaiting(view);
        }
        int size = out.end();
        link.commit(size);
        meters.frames.one();
        meters.frameBytes.add(size);
    }

    private boolean serveAll(SessionView view, ByteBuffer buffer, int limit, int end) {
        if (!forget(view)) {
            return false;
        }
        if (longestChunk != null) {
            buffer.limit(end);
            serve(longestChunk, longestPart, true);
            serveWaiting(view, buffer, limit);
        }
        return serveNearest(view);
    }

    private void begin(ByteBuffer buffer, CellFrame frame, int i, int ackSeq, boolean keyframe) {
        out.begin(buffer)
                .time(frame.tick(), frame.simulatedAtMillis(), frame.dilation())
                .cell(
                        frame.cell().region().a(),
                        frame.cell().region().b(),
                        frame.cell().layer(),
                        frame.epoch())
                .avatar(frame.avatar()[i], frame.ownership()[i], ackSeq)
                .keyframe(keyframe);
        if (frame.selfLength()[i] > 0) {
            out.self(frame.bytes(), frame.selfOffset()[i], frame.selfLength()[i]);
        }
        if (frame.eventsLength()[i] > 0
                && !out.ownEvents(frame.bytes(), frame.eventsOffset()[i], frame.eventsLength()[i])) {
            meters.ownEventsLost.one();
        }
    }

    /** Everything is due anew: in one frame if it fits (then true), else slice by slice over the next ones. */
    private boolean renew(SessionView view) {
        int bytes = 0;
        int entities = 0;
        for (int c = 0; c < view.size(); c++) {
            ChunkMirror chunk = view.get(c).chunk;
            for (int p = 0; p < chunk.partCount(); p++) {
                SliceMirror slice = chunk.part(p);
                if (slice == null) {
                    continue;
                }
                if (!slice.whole()) {
                    return renewOneByOne(view); // the client would lose what cannot be sent now
                }
                bytes += slice.keyframe().size() + SnapshotFrame.RECORD_HEAD_BYTES_MAX;
                entities += slice.entityCount();
            }
        }
        boolean fits = bytes <= limits.bytesMax() / 2 && entities <= limits.entitiesMax();
        return fits || renewOneByOne(view);
    }

    private static boolean renewOneByOne(SessionView view) {
        for (int c = 0; c < view.size(); c++) {
            view.get(c).renew();
        }
        return false;
    }

    /** Takes back what is out of sight or of a cell's former life; before any slice, which may fill the same place again. */
    private boolean forget(SessionView view) {
        List<ChunkMirror> gone = view.toForget();
        while (!gone.isEmpty()) {
            if (!out.forget(gone.getLast().address)) {
                return false;
            }
            gone.removeLast();
        }
        for (int c = 0; c < view.size(); c++) {
            SeenChunk seen = view.get(c);
            if (seen.outlived()) {
                if (seen.clientKnows() && !out.forget(seen.chunk.address)) {
                    return false;
                }
                seen.restart();
            }
        }
        return true;
    }

    /** Half of what is left goes to those who waited, from where the longest wait was: the nearest must not starve the rest. */
    private void serveWaiting(SessionView view, ByteBuffer buffer, int limit) {
        buffer.limit(Math.max(buffer.position(), (buffer.position() + limit) / 2));
        int entitiesKept = Math.max(0, entityBudget) / 2;
        entityBudget -= entitiesKept;
        int first = view.indexOf(longestChunk);
        for (int k = 0; k < view.size(); k++) {
            SeenChunk seen = view.get((first + k) % view.size());
            for (int p = 0; p < seen.chunk.partCount(); p++) {
                if (seen.waitedFrames(p) > 0) {
                    serve(seen, p, false);
                }
            }
        }
        entityBudget += entitiesKept;
        buffer.limit(Math.max(buffer.position(), limit));
    }

    private boolean serveNearest(SessionView view) {
        boolean all = true;
        for (int c = 0; c < view.size(); c++) {
            SeenChunk seen = view.get(c);
            for (int p = 0; p < seen.chunk.partCount(); p++) {
                all &= serve(seen, p, false);
            }
        }
        return all;
    }

    /**
     * @param privileged may break the limit of entities
     * @return false if it has to wait
     */
    private boolean serve(SeenChunk seen, int part, boolean privileged) {
        SliceMirror slice = seen.chunk.part(part);
        if (slice == null || !hasNews(seen, slice, part)) {
            return true;
        }
        int chain = slice.chainFrom(seen.sentSeq(part));
        if (chain > 0 ? !deltas(seen, slice, part, chain, privileged) : !keyframe(seen, slice, part, privileged)) {
            return false;
        }
        if (seen.waitedFrames(part) > 0) {
            meters.waitedFrames.record(seen.waitedFrames(part));
            seen.served(part);
        }
        return true;
    }

    /** An empty slice is no news to a client that knows nothing of its chunk. */
    private static boolean hasNews(SeenChunk seen, SliceMirror slice, int part) {
        return slice.whole() && seen.sentSeq(part) != slice.seq() && (slice.entityCount() > 0 || seen.clientKnows());
    }

    private boolean deltas(SeenChunk seen, SliceMirror slice, int part, int chain, boolean privileged) {
        for (int back = chain - 1; back >= 0; back--) {
            int entities = slice.deltaEntityCount(back);
            if ((entities > entityBudget && !privileged)
                    || !out.sliceDelta(
                            slice.address,
                            slice.deltaBase(back),
                            slice.deltaSeq(back),
                            age(slice.deltaTick(back)),
                            slice.deltaBytes(back),
                            0,
                            slice.deltaLength(back))) {
                return false;
            }
            entityBudget -= entities;
            seen.sent(part, slice.deltaSeq(back));
            meters.slicesDelta.one();
        }
        return true;
    }

    private boolean keyframe(SeenChunk seen, SliceMirror slice, int part, boolean privileged) {
        int entities = slice.entityCount();
        if (entities > entityBudget && !privileged) {
            return false;
        }
        byte[] body = slice.keyframe().array();
        int length = slice.keyframe().size();
        if (!out.sliceKeyframe(slice.address, slice.seq(), age(seen.chunk.cell.tick()), body, 0, length)) {
            return false;
        }
        entityBudget -= entities;
        seen.sent(part, slice.seq());
        meters.slicesKeyframe.one();
        return true;
    }

    /** A neighbour may be a tick ahead; then its slice is of now. */
    private int age(long sliceTick) {
        return (int) Math.max(0, tick - sliceTick);
    }

    private void findLongestWaiting(SessionView view, boolean any) {
        longestChunk = null;
        int most = 0;
        for (int c = 0; any && c < view.size(); c++) {
            SeenChunk seen = view.get(c);
            for (int p = 0; p < seen.chunk.partCount(); p++) {
                SliceMirror slice = seen.chunk.part(p);
                if (seen.waitedFrames(p) > most && slice != null && hasNews(seen, slice, p)) {
                    most = seen.waitedFrames(p);
                    longestChunk = seen;
                    longestPart = p;
                }
            }
        }
    }

    /** At most what the slice that waited longest takes. */
    private int bytesOfLongest() {
        SliceMirror slice = longestChunk == null ? null : longestChunk.chunk.part(longestPart);
        if (longestChunk == null || slice == null) {
            return 0;
        }
        int chain = slice.chainFrom(longestChunk.sentSeq(longestPart));
        if (chain == 0) {
            return slice.keyframe().size() + SnapshotFrame.RECORD_HEAD_BYTES_MAX;
        }
        int bytes = 0;
        for (int back = 0; back < chain; back++) {
            bytes += slice.deltaLength(back) + SnapshotFrame.RECORD_HEAD_BYTES_MAX;
        }
        return bytes;
    }

    private void countWaiting(SessionView view) {
        for (int c = 0; c < view.size(); c++) {
            SeenChunk seen = view.get(c);
            for (int p = 0; p < seen.chunk.partCount(); p++) {
                SliceMirror slice = seen.chunk.part(p);
                if (slice != null && hasNews(seen, slice, p)) {
                    seen.waits(p);
                    meters.slicesWaiting.one();
                }
            }
        }
    }
}
