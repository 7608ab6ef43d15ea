package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;

/**
 * Reads the heads of snapshots, each of which leaves out what the earlier ones told; the counterpart of {@link SnapshotHead}. One per connection; not
 * thread-safe.
 */
public final class SnapshotReader {
    private final double tickMillis;
    private final ByteReader in = new ByteReader(new byte[0]);
    private boolean told;
    private int tick;
    private int ackSeq;
    private double serverTimeMillis;
    private int regionA;
    private int regionB;
    private int layer;
    private long cellEpoch;
    private long avatar;
    private int ownership;
    private int percent;
    private int shed;

    public SnapshotReader(int simulationHz) {
        this.tickMillis = 1000.0 / Math.max(1, simulationHz);
    }

    /** Whether a message is a snapshot: an Envelope begins with a multiple of four. */
    public static boolean isSnapshot(byte[] bytes, int offset, int length) {
        return length > 0 && (bytes[offset] & SnapshotHead.MARK) != 0;
    }

    /**
     * Reads the head; the records are the payload of what comes back, not copied.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is none, or needs an earlier one that never came
     */
    public ServerSnapshot read(byte[] bytes, int offset, int length) {
        in.wrap(bytes, offset, length);
        int flags = in.u8();
        if ((flags & SnapshotHead.MARK) == 0 || (flags & ~SnapshotHead.KNOWN_FLAGS) != 0) {
            throw in.malformed("flags 0x" + Integer.toHexString(flags) + " begin no snapshot");
        }
        int newTick = in.varuint() + ((flags & SnapshotHead.CELL) != 0 ? 0 : tick);
        int ack = in.varuint();
        boolean complete = (flags & SnapshotHead.CELL) != 0
                && (flags & SnapshotHead.PACE) != 0
                && (flags & SnapshotHead.TIME) != 0;
        boolean keyframe = (flags & SnapshotHead.KEYFRAME) != 0;
        if (!complete && (keyframe || !told)) {
            throw in.malformed("a " + (keyframe ? "keyframe" : "first snapshot") + " leaves out cell, pace or time");
        }
        if ((flags & SnapshotHead.CELL) != 0) {
            ackSeq = ack;
            readCell();
        } else {
            ackSeq += ack;
        }
        if ((flags & SnapshotHead.PACE) != 0) {
            readPace();
        }
        if ((flags & SnapshotHead.TIME) != 0) {
            serverTimeMillis = in.f64();
            if (!Double.isFinite(serverTimeMillis)) {
                throw in.malformed("a server time of " + serverTimeMillis);
            }
        } else {
            serverTimeMillis += (newTick - tick) * (tickMillis * SnapshotHead.PERCENT_MAX / percent);
        }
        tick = newTick;
        told = true;
        return new ServerSnapshot(
                tick,
                ackSeq,
                serverTimeMillis,
                cellEpoch,
                percent / (float) SnapshotHead.PERCENT_MAX,
                shed,
                avatar,
                ownership,
                regionA,
                regionB,
                layer,
                keyframe,
                bytes,
                in.position(),
                in.remaining());
    }

    private void readCell() {
        regionA = in.varint();
        regionB = in.varint();
        layer = in.u8();
        cellEpoch = in.varulong();
        avatar = in.varulong();
        ownership = in.varuint();
    }

    private void readPace() {
        percent = in.u8();
        shed = in.u8();
        if (percent < SnapshotHead.PERCENT_MIN || percent > SnapshotHead.PERCENT_MAX) {
            throw in.malformed("a dilation of " + percent + " percent");
        }
    }
}
