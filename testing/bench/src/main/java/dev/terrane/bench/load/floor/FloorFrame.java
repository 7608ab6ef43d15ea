package dev.terrane.bench.load.floor;

import dev.terrane.protocol.client.SnapshotHead;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The frame that everybody gets: as long as a real one, with a true head, so that the bots read tick and time as usual. */
final class FloorFrame {
    private static final int BINARY_FINAL = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int SHORT_HEADER_BYTES = 2;
    private static final int MIDDLE_HEADER_BYTES = 4;
    private static final int LONG_HEADER_BYTES = 10;
    private static final int SHORT_MAX = 125;

    /** The whole frame from 0 to its limit. Whoever writes it sets the position first. */
    final ByteBuffer bytes;

    private final SnapshotHead head = new SnapshotHead(1);
    private final int headerBytes;

    FloorFrame(int frameBytes) {
        bytes = ByteBuffer.allocateDirect(Math.max(frameBytes, SnapshotHead.BYTES_MAX + MIDDLE_HEADER_BYTES));
        int size = bytes.capacity();
        bytes.put((byte) BINARY_FINAL);
        if (size <= SHORT_MAX + SHORT_HEADER_BYTES) {
            headerBytes = SHORT_HEADER_BYTES;
            bytes.put((byte) (size - headerBytes));
        } else if (size <= 0xFFFF + MIDDLE_HEADER_BYTES) {
            headerBytes = MIDDLE_HEADER_BYTES;
            bytes.put((byte) LENGTH_16).putShort((short) (size - headerBytes));
        } else {
            headerBytes = LONG_HEADER_BYTES;
            bytes.put((byte) LENGTH_64).putLong(size - headerBytes);
        }
    }

    void stamp(int tick, double epochMillis) {
        bytes.clear().position(headerBytes);
        head.write(bytes, true, tick, epochMillis, 0);
        bytes.order(ByteOrder.BIG_ENDIAN).clear();
    }
}
