package dev.terrane.bench;

import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A link that leads nowhere and counts what went there. */
final class Drain implements ClientLink {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
    long messages;
    long bytes;

    @Override
    public ByteBuffer claim(int bytesMax) {
        return buffer.clear();
    }

    @Override
    public void commit(int lengthBytes) {
        messages++;
        bytes += lengthBytes;
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        commit(headBytes + body.lengthBytes());
    }

    @Override
    public void flush() {}

    @Override
    public void release() {}

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void close(int code, String reason) {
        throw new IllegalStateException("closed with " + code + ": " + reason);
    }
}
