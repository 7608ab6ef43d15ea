package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.SnapshotHead;
import dev.terrane.protocol.cluster.CellFrame;
import java.nio.ByteBuffer;

/** Writes what only one client gets: the head of its snapshot, its own avatar as far as it differs from what it was told, its own events. */
final class OwnPart {
    /** Of a snapshot's bytes, kept free of slices for it. */
    static final int BYTES_KEPT = 256;

    private final FrameMeters meters;
    private final ByteWriter changes = new ByteWriter(64);

    OwnPart(FrameMeters meters) {
        this.meters = meters;
    }

    /** Of the record that tells how early inputs come. */
    private static final int MARGIN_BYTES_MAX = 8;

    /** At least {@link #BYTES_KEPT} beside the head, more when the slices leave it. */
    static int bytesMax(CellFrame frame, int i, int left) {
        int wanted = frame.selfLength()[i] + frame.eventsLength()[i] + 2 * SnapshotHead.RECORD_HEAD_BYTES_MAX;
        return SnapshotHead.BYTES_MAX + MARGIN_BYTES_MAX + Math.min(wanted, Math.max(BYTES_KEPT, left));
    }

    /** @param out its limit is {@link #bytesMax} from its position */
    void write(ClientSession session, ByteBuffer out, CellFrame frame, int i) {
        WorldMirror world = session.home();
        SnapshotHead head = session.told.head(world.view().simulationHz());
        head.cell(
                        frame.cell().region().a(),
                        frame.cell().region().b(),
                        frame.cell().layer(),
                        frame.epoch())
                .avatar(frame.avatar()[i], frame.ownership()[i])
                .pace(frame.dilation(), world.shed().ordinal())
                .write(out, session.fresh, frame.tick(), frame.simulatedAtMillis(), session.lane.acked());
        if (session.fresh) {
            session.told.forget();
        }
        if (session.margin.due(session.framedAtNanos) && head.inputMargin(out, session.margin.leastMillis())) {
            session.margin.told(session.framedAtNanos);
        }
        if (frame.selfLength()[i] > 0) {
            self(session.told, head, world, out, frame, i);
        }
        if (frame.eventsLength()[i] > 0
                && !head.ownEvents(out, frame.bytes(), frame.eventsOffset()[i], frame.eventsLength()[i])) {
            meters.ownEventsLost.one();
        }
    }

    private void self(ToldSelf told, SnapshotHead head, WorldMirror world, ByteBuffer out, CellFrame frame, int i) {
        byte[] bytes = frame.bytes();
        int offset = frame.selfOffset()[i];
        int length = frame.selfLength()[i];
        if (told.isSame(bytes, offset, length)) {
            return;
        }
        changes.clear();
        boolean fits =
                told.length > 0 && world.selfDelta().write(told.values, told.length, bytes, offset, length, changes)
                        ? head.self(out, false, changes.array(), 0, changes.size())
                        : head.self(out, true, bytes, offset, length);
        if (fits) {
            told.remember(bytes, offset, length);
        }
    }
}
