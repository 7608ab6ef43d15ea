package dev.terrane.bench.load.bots;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the WebSocket frames in what a server sends, however it is cut into reads, and keeps the beginning of each. Not thread-safe: one connection.
 *
 * <p>Servers do not mask, and ours sends each message in one frame.
 */
final class FrameScanner {
    private static final int SHORT_HEADER_BYTES = 2;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int KEPT_FIRST = 64;

    private final byte[] header = new byte[10];
    private int headerBytes;
    private int headerNeed = SHORT_HEADER_BYTES;
    private long payloadBytes;
    private long payloadSeen;
    private byte[] kept = new byte[KEPT_FIRST];
    private int keptBytes;
    private int keptMax;

    /** Hears of each whole frame. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param kept the beginning of the payload, overwritten by the next frame
         * @param keptBytes how much of it there is
         * @param frameBytes all bytes of the frame, with its header
         */
        void frame(int opcode, byte[] kept, int keptBytes, long frameBytes);
    }

    /** @param keptMax how much of each payload is kept */
    FrameScanner(int keptMax) {
        this.keptMax = keptMax;
    }

    /** From the next frame on. */
    void keepAtMost(int bytes) {
        keptMax = bytes;
    }

    /** Takes all that remains in the buffer. */
    void scan(ByteBuffer in, Sink sink) {
        while (in.hasRemaining()) {
            while (headerBytes < headerNeed) {
                if (!in.hasRemaining()) {
                    return;
                }
                header[headerBytes++] = in.get();
                if (headerBytes == SHORT_HEADER_BYTES) {
                    int length = header[1] & 0x7F;
                    headerNeed = length == LENGTH_16 ? 4 : length == LENGTH_64 ? 10 : SHORT_HEADER_BYTES;
                }
                if (headerBytes == headerNeed) {
                    payloadBytes = length();
                }
            }
            int here = (int) Math.min(in.remaining(), payloadBytes - payloadSeen);
            int keeping = Math.clamp(keptMax - keptBytes, 0, here);
            keep(in, keeping);
            in.position(in.position() + here - keeping);
            payloadSeen += here;
            if (payloadSeen == payloadBytes) {
                sink.frame(header[0] & 0x0F, kept, keptBytes, headerNeed + payloadBytes);
                headerBytes = 0;
                headerNeed = SHORT_HEADER_BYTES;
                payloadSeen = 0;
                keptBytes = 0;
            }
        }
    }

    private long length() {
        if (headerNeed == SHORT_HEADER_BYTES) {
            return header[1] & 0x7F;
        }
        long length = 0;
        for (int i = SHORT_HEADER_BYTES; i < headerNeed; i++) {
            length = length << 8 | header[i] & 0xFF;
        }
        return length;
    }

    private void keep(ByteBuffer in, int bytes) {
        if (keptBytes + bytes > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(keptMax, Math.max(kept.length * 2, keptBytes + bytes)));
        }
        in.get(kept, keptBytes, bytes);
        keptBytes += bytes;
    }
}
