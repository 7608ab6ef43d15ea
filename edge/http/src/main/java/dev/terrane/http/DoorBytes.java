package dev.terrane.http;

import dev.terrane.gateway.SharedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Direct memory that the sockets of one loop send from where it is. Each link that has it queued counts as one more holder. */
final class DoorBytes implements SharedBytes {
    private final ByteBuf bytes;
    private final ByteBuffer buffer;

    DoorBytes(int bytesMax) {
        this.bytes = PooledByteBufAllocator.DEFAULT.directBuffer(bytesMax);
        this.buffer = bytes.nioBuffer(0, bytesMax).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public void seal(int lengthBytes) {
        bytes.setIndex(0, lengthBytes);
    }

    @Override
    public int lengthBytes() {
        return bytes.readableBytes();
    }

    @Override
    public void release() {
        bytes.release();
    }

    /** The bytes as one more holder has them. */
    ByteBuf held() {
        return bytes.retainedDuplicate();
    }

    int holderCount() {
        return bytes.refCnt();
    }
}
