package dev.terrane.protocol.client;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.terrane.protocol.client.generated.Envelope;
import dev.terrane.protocol.client.generated.Message;
import dev.terrane.protocol.client.generated.ServerSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a ServerSnapshot straight into the buffer that goes to the network: what a gateway does for every session at every
 * snapshot tick.
 *
 * <pre>
 *   | Envelope and ServerSnapshot, copied from a template | payload length | record | record | …
 *     └── patched in place                                  └── patched by end()
 * </pre>
 *
 * <p>The payload is the last thing in a FlatBuffer that was built with it first, so records are simply put behind it. The caller
 * sets the buffer's limit to the bytes that this frame may have: a record that does not fit is refused as a whole, and the
 * frame goes on. Order of calls: begin, any of the setters, any records, end. Reused from frame to frame; allocates nothing. Not thread-safe.
 */
public final class SnapshotFrame {
    private static final byte[] TEMPLATE = template();
    private static final int TICK;
    private static final int ACK_SEQ;
    private static final int SERVER_TIME;
    private static final int CELL_EPOCH;
    private static final int DILATION;
    private static final int AVATAR;
    private static final int OWNERSHIP;
    private static final int REGION_A;
    private static final int REGION_B;
    private static final int LAYER;
    private static final int KEYFRAME;

    static {
        FlatTable table = FlatTable.root(TEMPLATE, 0, TEMPLATE.length, ClientCodec.IDENTIFIER)
                .table(1);
        if (table == null) {
            throw new IllegalStateException("the template holds no snapshot");
        }
        TICK = table.position(0, 4);
        ACK_SEQ = table.position(1, 4);
        SERVER_TIME = table.position(2, 8);
        CELL_EPOCH = table.position(3, 8);
        DILATION = table.position(4, 4);
        AVATAR = table.position(5, 8);
        OWNERSHIP = table.position(6, 4);
        REGION_A = table.position(7, 4);
        REGION_B = table.position(8, 4);
        LAYER = table.position(9, 1);
        KEYFRAME = table.position(10, 1);
    }

    /** Bytes of a snapshot without records. */
    public static final int HEADER_BYTES = TEMPLATE.length;

    /** Bytes that a slice's record needs at most, beside its body. */
    public static final int RECORD_HEAD_BYTES_MAX = 45;

    private final byte[] head = new byte[RECORD_HEAD_BYTES_MAX];
    private int headBytes;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private int start;

    /** Starts a frame at the buffer's position; sets its order to little-endian. Needs {@link #HEADER_BYTES}. */
    public SnapshotFrame begin(ByteBuffer buffer) {
        out = buffer.order(ByteOrder.LITTLE_ENDIAN);
        start = buffer.position();
        buffer.put(TEMPLATE);
        return this;
    }

    public SnapshotFrame time(long tick, double serverTimeMillis, float dilation) {
        out.putInt(start + TICK, (int) tick);
        out.putDouble(start + SERVER_TIME, serverTimeMillis);
        out.putFloat(start + DILATION, dilation);
        return this;
    }

    /** The cell that simulates the avatar. */
    public SnapshotFrame cell(int regionA, int regionB, int layer, long epoch) {
        out.putInt(start + REGION_A, regionA);
        out.putInt(start + REGION_B, regionB);
        out.put(start + LAYER, (byte) layer);
        out.putLong(start + CELL_EPOCH, epoch);
        return this;
    }

    public SnapshotFrame avatar(long avatar, int ownership, int ackSeq) {
        out.putLong(start + AVATAR, avatar);
        out.putInt(start + OWNERSHIP, ownership);
        out.putInt(start + ACK_SEQ, ackSeq);
        return this;
    }

    /** Says that nothing before this frame is needed. */
    public SnapshotFrame keyframe(boolean keyframe) {
        out.put(start + KEYFRAME, (byte) (keyframe ? 1 : 0));
        return this;
    }

    /** @return whether it fitted; if not, nothing was written */
    public boolean sliceDelta(
            SliceAddress address, int baseSeq, int seq, int age, byte[] body, int offset, int length) {
        headBytes = 0;
        headRaw(address.encoded(), address.encoded().length);
        headVaruint(baseSeq);
        headVaruint(seq - baseSeq);
        headVaruint(age);
        return record(RecordKind.DELTA, body, offset, length);
    }

    /** @return whether it fitted; if not, nothing was written */
    public boolean sliceKeyframe(SliceAddress address, int seq, int age, byte[] body, int offset, int length) {
        headBytes = 0;
        headRaw(address.encoded(), address.encoded().length);
        headVaruint(seq);
        headVaruint(age);
        return record(RecordKind.KEYFRAME, body, offset, length);
    }

    /** All parts of the address's chunk. @return whether it fitted; if not, nothing was written */
    public boolean forget(SliceAddress address) {
        headBytes = 0;
        headRaw(address.encoded(), address.bytesWithoutPart());
        return record(RecordKind.FORGET, address.encoded(), 0, 0);
    }

    /** @return whether it fitted; if not, nothing was written */
    public boolean self(byte[] body, int offset, int length) {
        headBytes = 0;
        return record(RecordKind.SELF, body, offset, length);
    }

    /** @return whether it fitted; if not, nothing was written */
    public boolean ownEvents(byte[] body, int offset, int length) {
        headBytes = 0;
        return record(RecordKind.OWN_EVENTS, body, offset, length);
    }

    /** Bytes of the frame so far. */
    public int size() {
        return out.position() - start;
    }

    /** Finishes the frame, which reaches to the buffer's position. @return its bytes */
    public int end() {
        return end(0);
    }

    /** Finishes the part of the frame that is here; so many bytes of records follow elsewhere. @return the bytes of the part that is here */
    public int end(int moreBytes) {
        int size = size();
        out.putInt(start + HEADER_BYTES - 4, size - HEADER_BYTES + moreBytes);
        return size;
    }

    private boolean record(RecordKind kind, byte[] body, int offset, int length) {
        int header = (headBytes + length) << 3 | kind.ordinal();
        int headerBytes = (38 - Integer.numberOfLeadingZeros(header | 1)) / 7; // 7 bits of the header in each byte
        if (headerBytes + headBytes + length > out.remaining()) {
            return false;
        }
        for (int rest = header; ; rest >>>= 7) {
            if ((rest & ~0x7F) == 0) {
                out.put((byte) rest);
                break;
            }
            out.put((byte) (rest | 0x80));
        }
        out.put(head, 0, headBytes).put(body, offset, length);
        return true;
    }

    private void headRaw(byte[] source, int length) {
        System.arraycopy(source, 0, head, headBytes, length);
        headBytes += length;
    }

    private void headVaruint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            head[headBytes++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        head[headBytes++] = (byte) rest;
    }

    private static byte[] template() {
        FlatBufferBuilder builder = new FlatBufferBuilder(256).forceDefaults(true);
        int payload = ServerSnapshot.createPayloadVector(builder, new byte[0]); // first created, last in the bytes
        int snapshot = ServerSnapshot.createServerSnapshot(builder, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, false, payload);
        Envelope.finishEnvelopeBuffer(builder, Envelope.createEnvelope(builder, Message.ServerSnapshot, snapshot));
        return builder.sizedByteArray();
    }
}
