package dev.terrane.protocol.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Records of slices, written into a buffer: bytes that many clients may share, because nothing in them depends on who reads them beyond the versions of
 * slices that he has. They come behind a {@link SnapshotHead}; several of them may follow one another.
 *
 * <p>The buffer's limit is what these records may take: one that does not fit is refused as a whole, and the next may be tried. A slice is named by a
 * number of the caller's choice, told to the client by a keyframe and from then on meaning that slice until the client is told to forget its chunk.
 * Numbers of slices that follow one another should be near each other: then they take a byte instead of two. Reused; allocates nothing. Not thread-safe.
 */
public final class SnapshotBody {
    /** Bytes that a slice's record needs at most, beside its body. */
    public static final int RECORD_HEAD_BYTES_MAX = 48;

    static final int DELTA = 1;
    static final int RARE = 1 << 1;
    static final int RELATIVE = 1 << 2;
    static final int BASE_SHIFT = 3;
    /** So much of the base's number is told: enough to find a mistake, as the transport keeps the order. */
    static final int BASE_MASK = 0x1F;

    /** Beside a delta's parts: more steps than a byte tells, or an age. */
    static final int STEP_AND_AGE = 1 << 4;
    /** Beside a delta's parts: its steps but the first, if they are so few. */
    static final int STEP_SHIFT = 5;

    static final int STEP_MASK = 7;
    static final int KIND_SHIFT = 1;
    static final int KIND_MASK = 7;
    static final int LENGTH_SHIFT = 4;

    private final byte[] head = new byte[RECORD_HEAD_BYTES_MAX];
    private int headBytes;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private int lastNumber = -1;

    /** Starts at the buffer's position; what follows can be put behind any other records. */
    public SnapshotBody begin(ByteBuffer buffer) {
        out = buffer.order(ByteOrder.LITTLE_ENDIAN);
        lastNumber = -1;
        return this;
    }

    /**
     * A slice whole.
     *
     * @param number not negative; no other slice of which the client knows has it
     * @param age ticks before the head's
     * @return whether it fitted; if not, nothing was written
     */
    public boolean keyframe(SliceAddress address, int number, int seq, int age, byte[] body, int offset, int length) {
        headBytes = 0;
        raw(address.encoded(), address.encoded().length);
        varuint(number);
        varuint(seq);
        varuint(age);
        if (!record(RecordKind.KEYFRAME, body, offset, length)) {
            return false;
        }
        lastNumber = number;
        return true;
    }

    /**
     * @param number as the last keyframe of the slice said
     * @param body a whole <i>changes</i> of docs/PROTOCOL.md, as a cell wrote it or a {@link DeltaMerger}
     * @return whether it fitted; if not, nothing was written
     */
    public boolean delta(int number, int baseSeq, int seq, int age, byte[] body, int offset, int length) {
        int parts = body[offset];
        int moreSteps = seq - baseSeq - 1;
        boolean told = age != 0 || (moreSteps & ~STEP_MASK) != 0;
        boolean rare = told || moreSteps != 0 || parts != SliceWriter.PART_CHANGED;
        int step = BufferBytes.zigzag(number - lastNumber);
        boolean relative = lastNumber >= 0 && BufferBytes.lengthOf(step) < BufferBytes.lengthOf(number);
        headBytes = 0;
        u8(DELTA | (rare ? RARE : 0) | (relative ? RELATIVE : 0) | (baseSeq & BASE_MASK) << BASE_SHIFT);
        varuint(relative ? step : number);
        if (rare) {
            u8(parts | (told ? STEP_AND_AGE : moreSteps << STEP_SHIFT));
        }
        if (told) {
            varuint(seq - baseSeq);
            varuint(age);
        }
        if (headBytes + length - 1 > out.remaining()) {
            return false;
        }
        out.put(head, 0, headBytes).put(body, offset + 1, length - 1);
        lastNumber = number;
        return true;
    }

    /** All parts of the address's chunk, and their numbers. @return whether it fitted; if not, nothing was written */
    public boolean forget(SliceAddress address) {
        headBytes = 0;
        raw(address.encoded(), address.bytesWithoutPart());
        return record(RecordKind.FORGET, address.encoded(), 0, 0);
    }

    /** What stands before every record but a delta's. */
    static int header(RecordKind kind, int bodyBytes) {
        return bodyBytes << LENGTH_SHIFT | kind.ordinal() << KIND_SHIFT;
    }

    private boolean record(RecordKind kind, byte[] body, int offset, int length) {
        int header = header(kind, headBytes + length);
        if (BufferBytes.lengthOf(header) + headBytes + length > out.remaining()) {
            return false;
        }
        BufferBytes.varuint(out, header);
        out.put(head, 0, headBytes).put(body, offset, length);
        return true;
    }

    private void u8(int value) {
        head[headBytes++] = (byte) value;
    }

    private void raw(byte[] source, int length) {
        System.arraycopy(source, 0, head, headBytes, length);
        headBytes += length;
    }

    private void varuint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            head[headBytes++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        head[headBytes++] = (byte) rest;
    }
}
