package dev.terrane.http;

import io.netty.buffer.ByteBuf;

/** The head of an unmasked binary WebSocket frame (RFC 6455, 5.2), written in front of bytes that stand in their buffer already. */
final class FrameHead {
    /** Room to leave in front of a message. */
    static final int BYTES_MAX = 10;

    private static final int FINAL_BINARY = 0x82;
    private static final int LENGTH_SHORT_MAX = 125;
    private static final int LENGTH_16_BITS = 126;
    private static final int LENGTH_64_BITS = 127;

    private FrameHead() {}

    /**
     * Writes the head so that it ends at {@link #BYTES_MAX}, and returns where it begins.
     *
     * @param messageBytes of the whole message, wherever it stands
     */
    static int write(ByteBuf buffer, int messageBytes) {
        if (messageBytes <= LENGTH_SHORT_MAX) {
            buffer.setShort(BYTES_MAX - 2, FINAL_BINARY << 8 | messageBytes);
            return BYTES_MAX - 2;
        }
        if (messageBytes <= 0xFFFF) {
            buffer.setShort(BYTES_MAX - 4, FINAL_BINARY << 8 | LENGTH_16_BITS);
            buffer.setShort(BYTES_MAX - 2, messageBytes);
            return BYTES_MAX - 4;
        }
        buffer.setShort(0, FINAL_BINARY << 8 | LENGTH_64_BITS);
        buffer.setLong(2, messageBytes);
        return 0;
    }
}
