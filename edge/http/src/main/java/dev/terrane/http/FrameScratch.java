package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which the frames of a loop's sockets are put together, one after the other. Nearly every frame goes to its socket at once, so the same few
 * cache lines serve all clients, and nothing is allocated for any of them; what a socket does not take is copied.
 *
 * <pre>
 *   take ─► fill ─► seal ─► send ─► leave            or, when something is queued:  … seal ─► copy ─► leave
 * </pre>
 *
 * <p>Its loop's thread only.
 */
final class FrameScratch {
    /** Whoever needs more for one frame takes memory of his own. */
    static final int BYTES = 64 * 1024;

    /** Lives as long as its loop, and is freed with it. */
    private final ByteBuf memory = Unpooled.unreleasableBuffer(
            new UnpooledByteBufAllocator(true, true).directBuffer(Wire.HEAD_BYTES_MAX + BYTES));

    private final ByteBuffer message =
            memory.nioBuffer(Wire.HEAD_BYTES_MAX, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable SocketLink holder;

    /** Room for a message, position 0; null while another one is being put together, or when it is too long. A finished frame gives way to it. */
    @Nullable
    ByteBuffer take(SocketLink link, int bytesMax) {
        if (bytesMax > BYTES || (holder != null && !holder.givesWay())) {
            return null;
        }
        holder = link;
        return message.clear().limit(bytesMax);
    }

    boolean heldBy(SocketLink link) {
        return holder == link;
    }

    /** The frame is whole, or its beginning is. @param messageBytes of all of it, of which the first {@code bytesHere} are here */
    void seal(Wire wire, int messageBytes, int bytesHere) {
        memory.setIndex(wire.writeHead(memory, messageBytes), Wire.HEAD_BYTES_MAX + bytesHere);
    }

    /** Whether the socket took all of it; what it did not take is left to be copied. */
    boolean send(Socket socket) throws IOException {
        // Not write(2), which comes to the socket by way of the file system.
        int sentBytes = socket.sendAddress(memory.memoryAddress(), memory.readerIndex(), memory.writerIndex());
        memory.skipBytes(Math.max(0, sentBytes));
        return !memory.isReadable();
    }

    ByteBuf copy() {
        ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(memory.readableBytes());
        return copy.writeBytes(memory);
    }

    void leave() {
        holder = null;
    }
}
