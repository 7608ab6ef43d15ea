package dev.terrane.protocol.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The beginning of each snapshot for one client, and what that client was told by earlier ones: only what differs is written.
 *
 * <pre>
 *   | 1 and flags | tick step | input step | cell, when it changed | pace, when it changed | time, when it is not as expected | records …
 * </pre>
 *
 * <p>One per session. A head that was written has to reach the client: after one that did not, {@link #restart}. Behind the head come the records that
 * only this client gets, {@link #self} and {@link #ownEvents}, and then any bytes of {@link SnapshotBody}; the message ends where the bytes end.
 * Allocates nothing. Not thread-safe.
 */
public final class SnapshotHead {
    /** Bytes of a head at most, without records. */
    public static final int BYTES_MAX = 64;
    /** Bytes that a record of {@link #self} or {@link #ownEvents} needs at most, beside its body. */
    public static final int RECORD_HEAD_BYTES_MAX = 5;
    /** A client that counts on by itself may be wrong by so much before it is told the time anew. */
    static final double TIME_ERROR_MILLIS = 1;

    static final int MARK = 1;
    static final int KEYFRAME = 1 << 1;
    static final int CELL = 1 << 2;
    static final int PACE = 1 << 3;
    static final int TIME = 1 << 4;
    static final int KNOWN_FLAGS = MARK | KEYFRAME | CELL | PACE | TIME;
    static final int PERCENT_MIN = 1;
    static final int PERCENT_MAX = 100;

    private final double tickMillis;
    private int regionA;
    private int regionB;
    private int layer;
    private long epoch;
    private long avatar;
    private int ownership;
    private int percent = PERCENT_MAX;
    private int shed;
    private boolean cellDue = true;
    private boolean paceDue = true;
    private boolean timeDue = true;

    private int toldTick;
    private int toldAck;
    private double toldTimeMillis;

    public SnapshotHead(int simulationHz) {
        this.tickMillis = 1000.0 / simulationHz;
    }

    /** The client knows nothing: the next head tells everything. */
    public void restart() {
        cellDue = true;
        paceDue = true;
        timeDue = true;
    }

    /** The cell that simulates the avatar. */
    public SnapshotHead cell(int newRegionA, int newRegionB, int newLayer, long newEpoch) {
        cellDue |= newRegionA != regionA || newRegionB != regionB || newLayer != layer || newEpoch != epoch;
        regionA = newRegionA;
        regionB = newRegionB;
        layer = newLayer;
        epoch = newEpoch;
        return this;
    }

    public SnapshotHead avatar(long newAvatar, int newOwnership) {
        cellDue |= newAvatar != avatar || newOwnership != ownership;
        avatar = newAvatar;
        ownership = newOwnership;
        return this;
    }

    /**
     * @param dilation simulated time per real time, up to 1; told in whole percents
     * @param newShed how far the world has stepped down, see {@link ServerMessage.ServerSnapshot}
     */
    public SnapshotHead pace(float dilation, int newShed) {
        int newPercent = Math.clamp(Math.round(dilation * PERCENT_MAX), PERCENT_MIN, PERCENT_MAX);
        paceDue |= newPercent != percent || newShed != shed;
        percent = newPercent;
        shed = newShed;
        return this;
    }

    /**
     * Writes the head at the buffer's position, which needs {@link #BYTES_MAX}; sets the order to little-endian.
     *
     * @param keyframe nothing before this snapshot is needed
     * @param ackSeq the last input that the avatar's state contains
     */
    public void write(ByteBuffer out, boolean keyframe, long tick, double serverTimeMillis, int ackSeq) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        double expected = toldTimeMillis + ((int) tick - toldTick) * (tickMillis * PERCENT_MAX / percent);
        boolean cell = cellDue || keyframe;
        boolean pace = paceDue || keyframe;
        boolean time = timeDue || keyframe || Math.abs(serverTimeMillis - expected) >= TIME_ERROR_MILLIS;
        out.put((byte) (MARK | (keyframe ? KEYFRAME : 0) | (cell ? CELL : 0) | (pace ? PACE : 0) | (time ? TIME : 0)));
        BufferBytes.varuint(out, cell ? (int) tick : (int) tick - toldTick);
        BufferBytes.varuint(out, cell ? ackSeq : ackSeq - toldAck);
        if (cell) {
            BufferBytes.varint(out, regionA);
            BufferBytes.varint(out, regionB);
            out.put((byte) layer);
            BufferBytes.varulong(out, epoch);
            BufferBytes.varulong(out, avatar);
            BufferBytes.varuint(out, ownership);
        }
        if (pace) {
            out.put((byte) percent).put((byte) shed);
        }
        if (time) {
            out.putDouble(serverTimeMillis);
        }
        cellDue = false;
        paceDue = false;
        timeDue = false;
        toldTick = (int) tick;
        toldAck = ackSeq;
        toldTimeMillis = time ? serverTimeMillis : expected;
    }

    /**
     * The avatar's state for its driver.
     *
     * @param whole false for changes, which the client can take only after a whole one
     * @return whether it fitted; if not, nothing was written
     */
    public boolean self(ByteBuffer out, boolean whole, byte[] body, int offset, int length) {
        return record(out, whole ? RecordKind.SELF : RecordKind.SELF_CHANGES, body, offset, length);
    }

    /** @return whether it fitted; if not, nothing was written */
    public boolean ownEvents(ByteBuffer out, byte[] body, int offset, int length) {
        return record(out, RecordKind.OWN_EVENTS, body, offset, length);
    }

    /**
     * How early inputs have come for the ticks that they name.
     *
     * @param millis before the frame of that tick, the least of the last while; negative: after it
     * @return whether it fitted; if not, nothing was written
     */
    public boolean inputMargin(ByteBuffer out, int millis) {
        int length = BufferBytes.lengthOf(BufferBytes.zigzag(millis));
        int header = SnapshotBody.header(RecordKind.INPUT_MARGIN, length);
        if (BufferBytes.lengthOf(header) + length > out.remaining()) {
            return false;
        }
        BufferBytes.varuint(out, header);
        BufferBytes.varint(out, millis);
        return true;
    }

    private static boolean record(ByteBuffer out, RecordKind kind, byte[] body, int offset, int length) {
        int header = SnapshotBody.header(kind, length);
        if (BufferBytes.lengthOf(header) + length > out.remaining()) {
            return false;
        }
        BufferBytes.varuint(out, header);
        out.put(body, offset, length);
        return true;
    }
}
