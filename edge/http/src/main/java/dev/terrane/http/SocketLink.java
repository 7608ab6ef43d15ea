package dev.terrane.http;

import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket. Its loop's thread only.
 *
 * <p>Binary frames are put together here and written behind Vert.x and its frame encoder, because those copy, queue and wrap each of them, twenty times a second
 * for each client. The close frame goes by Vert.x; it follows them in order, for the channel already holds them.
 */
final class SocketLink implements ClientLink {
    /** How long a closing client may take what is still queued; then the connection is cut. */
    static final long CLOSE_MILLIS_MAX = 2_000;

    private final ServerWebSocket socket;
    private final ChannelHandlerContext wire;
    private final ChannelHandlerContext raw;
    /** Nobody stands between us and the socket: no TLS. Then writes skip the walk through the pipeline. */
    private final boolean direct;
    /** The socket itself, where it can be written without asking Netty; else null. */
    private final @Nullable FileDescriptor descriptor;

    private final int queuedBytesMax;
    private final SocketMeters meters;
    private @Nullable ByteBuf claimed;
    /** Committed while nothing was queued: goes to the socket at the next flush, past the queue. */
    private @Nullable ByteBuf ready;

    private boolean closing;
    private @Nullable ScheduledFuture<?> cut;

    SocketLink(ServerWebSocket socket, int queuedBytesMax, SocketMeters meters) {
        this.socket = socket;
        this.wire = ((WebSocketInternal) socket).channelHandlerContext();
        this.raw = wire.pipeline().context(WebSocket13FrameEncoder.class);
        this.direct = wire.pipeline().get(SslHandler.class) == null;
        this.descriptor = direct && raw.channel() instanceof UnixChannel unix ? unix.fd() : null;
        this.queuedBytesMax = queuedBytesMax;
        this.meters = meters;
    }

    ChannelHandlerContext wire() {
        return wire;
    }

    boolean closing() {
        return closing;
    }

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (claimed != null) {
            throw new IllegalStateException("a claim of this link is still open: commit or release it first");
        }
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(FrameHead.BYTES_MAX + bytesMax);
        claimed = buffer;
        return buffer.nioBuffer(FrameHead.BYTES_MAX, bytesMax).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void commit(int lengthBytes) {
        ByteBuf message = takeClaim();
        if (gone()) {
            message.release();
            return;
        }
        message.setIndex(FrameHead.write(message, lengthBytes), FrameHead.BYTES_MAX + lengthBytes);
        meters.sent(lengthBytes);
        queue(message);
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        ByteBuf head = takeClaim();
        if (gone()) {
            head.release();
            return;
        }
        int lengthBytes = headBytes + body.lengthBytes();
        head.setIndex(FrameHead.write(head, lengthBytes), FrameHead.BYTES_MAX + headBytes);
        meters.sent(lengthBytes);
        queue(head);
        write(held(body));
    }

    private void write(ByteBuf bytes) {
        queueReady();
        if (direct) {
            Channel.Unsafe socketEnd = raw.channel().unsafe();
            socketEnd.write(bytes, socketEnd.voidPromise());
        } else {
            raw.write(bytes, raw.voidPromise());
        }
    }

    private void queueReady() {
        ByteBuf bytes = ready;
        if (bytes != null) {
            ready = null;
            write(bytes);
        }
    }

    /** A socket that takes all at once, which is nearly always, needs no queue. What it does not take goes there, errors too: Netty knows what to do. */
    private void writeReady(FileDescriptor socketEnd, ByteBuf bytes) {
        try {
            int writtenBytes = socketEnd.writeAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            if (writtenBytes > 0) {
                bytes.skipBytes(writtenBytes);
            }
        } catch (IOException e) {
            // The queue's own attempt fails the same way, and closes the channel.
        }
        if (bytes.isReadable()) {
            write(bytes);
            raw.channel().unsafe().flush();
        } else {
            bytes.release();
        }
    }

    private static ByteBuf held(SharedBytes body) {
        return body instanceof DoorBytes own
                ? own.held()
                : Unpooled.copiedBuffer(body.buffer().duplicate().position(0).limit(body.lengthBytes()));
    }

    @Override
    public void flush() {
        ByteBuf bytes = ready;
        if (bytes != null && descriptor != null && queuedBytes() == 0) {
            ready = null;
            if (raw.channel().isActive()) {
                writeReady(descriptor, bytes);
            } else {
                bytes.release(); // the number of its descriptor may be another socket's already
            }
        } else {
            queueReady();
            flushQueue();
        }
    }

    private void flushQueue() {
        if (direct) {
            raw.channel().unsafe().flush();
        } else {
            raw.flush();
        }
    }

    @Override
    public void release() {
        takeClaim().release();
    }

    /** A message that is at hand as bytes already. */
    void send(byte[] message) {
        if (!gone()) {
            claim(message.length).put(message);
            commit(message.length);
            flush();
        }
    }

    private boolean gone() {
        return closing || !raw.channel().isActive();
    }

    private void queue(ByteBuf frame) {
        if (descriptor != null && ready == null && frame.hasMemoryAddress() && queuedBytes() == 0) {
            ready = frame;
            return;
        }
        ByteBuf kept = frame;
        if (queuedBytes() > 0 && frame.readableBytes() * 2 < frame.capacity()) {
            // It will wait. Claims are as large as a frame may get, and a slow client must not hold room that it does
            // not fill.
            kept = PooledByteBufAllocator.DEFAULT.directBuffer(frame.readableBytes());
            kept.writeBytes(frame);
            frame.release();
        }
        write(kept);
    }

    private ByteBuf takeClaim() {
        ByteBuf buffer = claimed;
        if (buffer == null) {
            throw new IllegalStateException("nothing is claimed of this link");
        }
        claimed = null;
        return buffer;
    }

    @Override
    public boolean congested() {
        return queuedBytes() > queuedBytesMax;
    }

    @Override
    public long queuedBytes() {
        ChannelOutboundBuffer queue = raw.channel().unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    @Override
    public void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        queueReady();
        cut = wire.executor().schedule(this::cutOff, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        // Later: the gateway is told of the end by Vert.x' handlers, which must not run inside its own call.
        wire.executor().execute(() -> socket.close((short) code, reason));
    }

    /** From this handler on, not from the channel's end: there Vert.x would wait for the queue, which is what is stuck. */
    private void cutOff() {
        wire.close();
    }

    /** The connection is gone. */
    void ended() {
        closing = true;
        ByteBuf unsent = ready;
        if (unsent != null) {
            ready = null;
            unsent.release();
        }
        ScheduledFuture<?> pending = cut;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
