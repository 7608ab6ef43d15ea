package dev.terrane.link;

/**
 * The frames of one lane that wait to be written: a ring of bytes that grows up to its limit. Numbers are given here, so what is
 * queued goes out without a gap. Not thread-safe.
 */
final class LaneQueue {
    private static final int CAPACITY_BYTES_MIN = 4096;
    /** Beyond the limit, for the frame that says why the link ends. */
    private static final int RESERVE_BYTES = Frames.HEAD_BYTES + Frames.OWN_PAYLOAD_BYTES_MAX;

    private final Lane lane;
    private final int queueBytesMax;
    private final byte[] head = new byte[Frames.HEAD_BYTES];
    private byte[] ring = new byte[CAPACITY_BYTES_MIN];
    /** Position of the oldest byte in the ring. */
    private int first;

    private int byteCount;
    private int messageCount;
    /** How many of the bytes may be taken. */
    private int flushedBytes;

    private long sequence;

    LaneQueue(Lane lane, int queueBytesMax) {
        this.lane = lane;
        this.queueBytesMax = queueBytesMax;
    }

    /** False when it does not fit any more; nothing of it is kept then. */
    boolean append(int type, byte[] payload, int offset, int length) {
        int limit = type == Frames.CLOSE ? queueBytesMax + RESERVE_BYTES : queueBytesMax;
        int frameBytes = Frames.HEAD_BYTES + length;
        if (frameBytes > limit - byteCount) {
            return false;
        }
        if (byteCount + frameBytes > ring.length) {
            grow(byteCount + frameBytes);
        }
        Frames.putHead(head, type, lane, sequence, length);
        put(head, 0, Frames.HEAD_BYTES);
        put(payload, offset, length);
        sequence++;
        messageCount += type == Frames.MESSAGE ? 1 : 0;
        return true;
    }

    /** What is queued now may be taken. */
    void flush() {
        flushedBytes = byteCount;
    }

    /** How long the next frame is that may be taken; 0 when there is none. */
    int nextBytes() {
        if (flushedBytes == 0) {
            return 0;
        }
        int length = 0;
        for (int index = Frames.LENGTH_BYTES - 1; index >= 0; index--) {
            length = length << 8 | (ring[wrap(first + index)] & 0xFF);
        }
        return Frames.LENGTH_BYTES + length;
    }

    /** Moves the next frame, of {@code frameBytes}, into {@code into}. */
    void take(byte[] into, int at, int frameBytes) {
        messageCount -= ring[wrap(first + Frames.TYPE_AT)] == Frames.MESSAGE ? 1 : 0;
        int upToEnd = Math.min(frameBytes, ring.length - first);
        System.arraycopy(ring, first, into, at, upToEnd);
        System.arraycopy(ring, 0, into, at + upToEnd, frameBytes - upToEnd);
        first = wrap(first + frameBytes);
        byteCount -= frameBytes;
        flushedBytes -= frameBytes;
    }

    /** Forgets all that waits. Nothing may be appended afterwards: numbers would be missing. */
    void drop() {
        first = 0;
        byteCount = 0;
        flushedBytes = 0;
        messageCount = 0;
    }

    int byteCount() {
        return byteCount;
    }

    /** Heartbeats and the like do not count. */
    int messageCount() {
        return messageCount;
    }

    private void put(byte[] source, int offset, int length) {
        int at = wrap(first + byteCount);
        int upToEnd = Math.min(length, ring.length - at);
        System.arraycopy(source, offset, ring, at, upToEnd);
        System.arraycopy(source, offset + upToEnd, ring, 0, length - upToEnd);
        byteCount += length;
    }

    /** Positions are below twice the ring's length, and that is below 2^31: limits see to it. */
    private int wrap(int position) {
        return position < ring.length ? position : position - ring.length;
    }

    private void grow(int bytesNeeded) {
        int capacity = ring.length;
        while (capacity < bytesNeeded) {
            capacity *= 2;
        }
        byte[] longer = new byte[Math.min(capacity, Math.max(bytesNeeded, queueBytesMax + RESERVE_BYTES))];
        int upToEnd = Math.min(byteCount, ring.length - first);
        System.arraycopy(ring, first, longer, 0, upToEnd);
        System.arraycopy(ring, 0, longer, upToEnd, byteCount - upToEnd);
        ring = longer;
        first = 0;
    }
}
