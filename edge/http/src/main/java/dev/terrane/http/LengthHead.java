package dev.terrane.http;

import io.netty.buffer.ByteBuf;

/** What goes before each message over TCP: its length, 4 bytes, little-endian; written in front of bytes that stand in their buffer already. */
final class LengthHead {
    static final int BYTES = Integer.BYTES;

    private LengthHead() {}

    /** As {@link Wire#writeHead} wants it. */
    static int write(ByteBuf buffer, int messageBytes) {
        buffer.setIntLE(Wire.HEAD_BYTES_MAX - BYTES, messageBytes);
        return Wire.HEAD_BYTES_MAX - BYTES;
    }
}
