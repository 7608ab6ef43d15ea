package dev.terrane.gateway;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bodies of one round of frames, one behind the other; emptied when all are sent. */
final class BodyArena {
    private static final int BYTES_FIRST = 1 << 16;

    private ByteBuffer buffer = allocate(BYTES_FIRST);
    private int end;

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The buffer, its position behind the last body and its limit so much further. */
    ByteBuffer reserve(int bytesMax) {
        if (buffer.capacity() - end < bytesMax) {
            ByteBuffer larger = allocate(Math.max(buffer.capacity() * 2, end + bytesMax));
            larger.put(0, buffer, 0, end);
            buffer = larger;
        }
        return buffer.limit(end + bytesMax).position(end);
    }

    /** What was written behind the last body up to the position is kept. */
    void keep() {
        end = buffer.position();
    }

    void copy(int offset, int length, ByteBuffer to) {
        to.put(to.position(), buffer.limit(buffer.capacity()), offset, length);
        to.position(to.position() + length);
    }

    void clear() {
        end = 0;
    }
}
