package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.SnapshotBody;
import dev.terrane.protocol.cluster.CellFrame;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The part of a snapshot that not everybody in its company may be sent: slices of the session's squad and team, and those for its driver alone. It stands
 * before the company's body, so that who hides from the others never leaves the view of those from whom he does not.
 *
 * <pre>
 *   head · own avatar · own events │ group slices │ what the company is sent
 * </pre>
 *
 * <p>Not thinned out by rings: who belongs together is told everything. One per gateway, for one snapshot after the other: {@link #aim}, then
 * {@link #write}.
 */
final class GroupPart {
    /** Of a snapshot's bytes, so many may be added for groups. The first slice that has news is served whatever its size. */
    private static final int BYTES_SHARE = 4;

    private static final byte[] NOBODY = {0};

    private final SnapshotBody out = new SnapshotBody();
    private final GatewaySettings.Snapshots limits;
    private final FrameMeters meters;
    private GroupState state = new GroupState();
    /** What the client has of slices for everybody once it has this snapshot, and what it is told to forget in it. */
    private ViewState view = new ViewState();

    private List<ChunkMirror> forgotten = List.of();
    private long tick;
    private int start;
    private int bytesMax;

    GroupPart(GatewaySettings.Snapshots limits, FrameMeters meters) {
        this.limits = limits;
        this.meters = meters;
    }

    /**
     * Finds out what there is to send, before anything of the snapshot is written.
     *
     * @return bytes that {@link #write} needs at most
     */
    int aim(ClientSession session, Viewpoint viewpoint, CellFrame frame, int i) {
        bytesMax = 0;
        GroupState known = session.groups;
        if (known == null) {
            if (viewpoint.groups.count() == 0) {
                return 0;
            }
            known = new GroupState();
            session.groups = known;
        }
        state = known;
        tick = frame.tick();
        ViewState own = session.own;
        view = own == null ? viewpoint.company.state() : own;
        forgotten = own == null ? viewpoint.company.forgotten : own.toForget();
        if (session.fresh) {
            state.restart();
        }
        state.align(
                viewpoint,
                frame.avatar()[i],
                frame.groups().squadOf(i),
                frame.groups().teamOf(i));
        forgetWithTheCompany(viewpoint);
        measure(session.flow.reduce(limits.bytesMax()) / BYTES_SHARE);
        return bytesMax;
    }

    /** Of a chunk that the client does not know, or is told to forget further back in this snapshot, it has nothing and gets nothing. */
    private void forgetWithTheCompany(Viewpoint viewpoint) {
        for (int place = 0; place < state.count(); place++) {
            if (!knows(state.slice(place).chunk, state.anchor(place))) {
                state.setSent(place, ViewState.NOTHING);
            }
        }
        state.toClear().removeIf(gone -> {
            SliceMirror first = gone.chunk.part(0);
            return first == null || !knows(gone.chunk, viewpoint.placeOf(first));
        });
    }

    private boolean knows(ChunkMirror chunk, int anchor) {
        return anchor >= 0
                && anchor < view.count()
                && view.sent(anchor) != ViewState.NOTHING
                && (forgotten.isEmpty() || !forgotten.contains(chunk));
    }

    /**
     * What the client is told to forget stands further back: a slice that is new to it waits until then, because its number, or its name, may be one that has to be
     * forgotten.
     */
    private boolean hasNews(int place) {
        SliceMirror slice = state.slice(place);
        int sent = state.sent(place);
        return slice.whole()
                && sent != slice.seq()
                && (sent != ViewState.NOTHING || forgotten.isEmpty())
                && knows(slice.chunk, state.anchor(place));
    }

    /** What was left out last time comes first. */
    private void measure(int limit) {
        bytesMax = state.toClear().size() * (SnapshotBody.RECORD_HEAD_BYTES_MAX + NOBODY.length);
        int count = state.count();
        start = count == 0 ? 0 : state.next() % count;
        boolean any = false;
        for (int k = 0; k < count; k++) {
            int place = (start + k) % count;
            if (hasNews(place)) {
                int bytes = FrameBuilder.bytesOf(state.slice(place), state.sent(place));
                if (any && bytesMax + bytes > limit) {
                    state.setNext(place);
                    return;
                }
                bytesMax += bytes;
                any = true;
            }
        }
    }

    /** Writes as much as was announced, behind what is there. */
    void write(ByteBuffer buffer) {
        if (bytesMax == 0) {
            return;
        }
        buffer.limit(buffer.position() + bytesMax);
        out.begin(buffer);
        while (!state.toClear().isEmpty()) {
            SliceMirror gone = state.toClear().getLast();
            if (!out.keyframe(gone.address, gone.number, gone.seq(), 0, NOBODY, 0, NOBODY.length)) {
                return;
            }
            state.toClear().removeLast();
        }
        for (int k = 0; k < state.count(); k++) {
            int place = (start + k) % state.count();
            if (hasNews(place) && !serve(place, state.slice(place))) {
                return;
            }
        }
    }

    private boolean serve(int place, SliceMirror slice) {
        int chain = slice.chainFrom(state.sent(place));
        if (chain == 0) {
            return keyframe(place, slice);
        }
        for (int back = chain - 1; back >= 0; back--) {
            if (!out.delta(
                    slice.number,
                    slice.deltaBase(back),
                    slice.deltaSeq(back),
                    age(slice.deltaTick(back)),
                    slice.deltaBytes(back),
                    0,
                    slice.deltaLength(back))) {
                return false;
            }
            state.setSent(place, slice.deltaSeq(back));
            meters.slicesDelta++;
        }
        return true;
    }

    private boolean keyframe(int place, SliceMirror slice) {
        ByteWriter body = slice.keyframe();
        int age = age(slice.chunk.cell.tick());
        if (!out.keyframe(slice.address, slice.number, slice.seq(), age, body.array(), 0, body.size())) {
            return false;
        }
        state.setSent(place, slice.seq());
        meters.slicesKeyframe++;
        return true;
    }

    private int age(long sliceTick) {
        return (int) Math.max(0, tick - sliceTick);
    }
}
