package dev.terrane.gateway;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Shared bytes that the garbage collector counts. */
final class PlainBytes implements SharedBytes {
    private final ByteBuffer buffer;
    private int lengthBytes;

    PlainBytes(int bytesMax) {
        buffer = ByteBuffer.allocate(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public void seal(int length) {
        lengthBytes = length;
    }

    @Override
    public int lengthBytes() {
        return lengthBytes;
    }

    @Override
    public void release() {}
}
