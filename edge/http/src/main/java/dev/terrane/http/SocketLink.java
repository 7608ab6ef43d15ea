package dev.terrane.http;

import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket, by whichever way it came in. Its loop's thread only.
 *
 * <p>Frames are put together here, and go to the socket past everything that would copy or queue them once more.
 */
final class SocketLink implements ClientLink {
    /** How long a closing client may take what is still queued; then the connection is cut. */
    static final long CLOSE_MILLIS_MAX = 2_000;

    private final Wire wire;
    private final ChannelHandlerContext raw;
    private final Channel channel;
    private final Channel.Unsafe unsafe;
    /** Nobody stands between us and the socket: no TLS, no worse network. Then writes skip the walk through the pipeline. */
    private final boolean direct;
    /** Holds back what is sent; null: nobody does. */
    private final @Nullable LinkConditioner conditioner;

    /** The socket itself, where it can be written without asking Netty; else null. */
    private final @Nullable Socket descriptor;

    private final FrameScratch scratch;
    private final int queuedBytesMax;
    private final SocketMeters meters;
    /** Memory of its own, because the scratch was in use or too small. */
    private @Nullable ByteBuf claimed;
    /** The frame in the scratch is committed: it goes to the socket at the next flush, past the queue. */
    private boolean ready;

    private boolean closing;
    private @Nullable ScheduledFuture<?> cut;

    SocketLink(Wire wire, FrameScratch scratch, int queuedBytesMax, SocketMeters meters) {
        this.wire = wire;
        this.scratch = scratch;
        this.raw = wire.frames();
        this.channel = raw.channel();
        this.unsafe = channel.unsafe();
        this.conditioner = LinkConditioner.of(channel);
        this.direct = channel.pipeline().get(SslHandler.class) == null && conditioner == null;
        this.descriptor = direct && channel instanceof UnixChannel unix && unix.fd() instanceof Socket own ? own : null;
        this.queuedBytesMax = queuedBytesMax;
        this.meters = meters;
    }

    boolean closing() {
        return closing;
    }

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (claimed != null || (scratch.heldBy(this) && !ready)) {
            throw new IllegalStateException("a claim of this link is still open: commit or release it first");
        }
        ByteBuffer room = scratch.take(this, bytesMax);
        if (room != null) {
            return room;
        }
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(Wire.HEAD_BYTES_MAX + bytesMax);
        claimed = buffer;
        return buffer.nioBuffer(Wire.HEAD_BYTES_MAX, bytesMax).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void commit(int lengthBytes) {
        if (!committed(lengthBytes, lengthBytes)) {
            return;
        }
        ByteBuf own = claimed;
        if (own != null) {
            claimed = null;
            write(fitted(own));
        } else if (descriptor != null && queuedBytes() == 0) {
            ready = true;
        } else {
            write(takeScratch());
        }
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        if (!committed(headBytes + body.lengthBytes(), headBytes)) {
            return;
        }
        ByteBuf own = claimed;
        claimed = null;
        write(own == null ? takeScratch() : fitted(own));
        write(held(body));
    }

    /** Puts the frame's head before what was claimed. False when it has nowhere to go. */
    private boolean committed(int messageBytes, int bytesHere) {
        ByteBuf own = claimed;
        if (gone()) {
            release();
            return false;
        }
        if (own != null) {
            own.setIndex(wire.writeHead(own, messageBytes), Wire.HEAD_BYTES_MAX + bytesHere);
        } else if (scratch.heldBy(this) && !ready) {
            scratch.seal(wire, messageBytes, bytesHere);
        } else {
            throw nothingClaimed();
        }
        meters.sent(messageBytes);
        return true;
    }

    /** Claims are as large as a frame may get, and one that waits for a slow client must not hold room that it does not fill. */
    private ByteBuf fitted(ByteBuf frame) {
        if ((conditioner == null && queuedBytes() == 0) || frame.readableBytes() * 2 >= frame.capacity()) {
            return frame;
        }
        ByteBuf kept = PooledByteBufAllocator.DEFAULT.directBuffer(frame.readableBytes());
        kept.writeBytes(frame);
        frame.release();
        return kept;
    }

    private ByteBuf takeScratch() {
        try {
            return scratch.copy();
        } finally {
            leaveScratch(); // also when there is no memory for the copy: the scratch is everybody's
        }
    }

    /** Somebody else needs the scratch: what is finished there, and not flushed yet, goes to the queue. False when it is not finished. */
    boolean givesWay() {
        queueReady();
        return !scratch.heldBy(this);
    }

    private void leaveScratch() {
        scratch.leave();
        ready = false;
    }

    private void write(ByteBuf bytes) {
        queueReady();
        if (direct) {
            unsafe.write(bytes, unsafe.voidPromise());
        } else {
            raw.write(bytes, raw.voidPromise());
        }
    }

    private void queueReady() {
        if (ready) {
            write(takeScratch());
        }
    }

    /** A socket that takes all at once, which is nearly always, needs no queue. What it does not take goes there, errors too: Netty knows what to do. */
    private void sendReady(Socket socketEnd) {
        boolean all = false;
        try {
            all = scratch.send(socketEnd);
        } catch (IOException e) {
            // The queue's own attempt fails the same way, and closes the channel.
        }
        if (all) {
            leaveScratch();
        } else {
            queueReady();
            unsafe.flush();
        }
    }

    private static ByteBuf held(SharedBytes body) {
        return body instanceof DoorBytes own
                ? own.held()
                : Unpooled.copiedBuffer(body.buffer().duplicate().position(0).limit(body.lengthBytes()));
    }

    @Override
    public void flush() {
        if (!ready) {
            flushQueue();
        } else if (!channel.isActive()) {
            leaveScratch(); // the number of its descriptor may be another socket's already
        } else if (descriptor != null && queuedBytes() == 0) {
            sendReady(descriptor);
        } else {
            queueReady();
            flushQueue();
        }
    }

    private void flushQueue() {
        if (direct) {
            unsafe.flush();
        } else {
            raw.flush();
        }
    }

    @Override
    public void release() {
        ByteBuf own = claimed;
        if (own != null) {
            claimed = null;
            own.release();
        } else if (scratch.heldBy(this) && !ready) {
            scratch.leave();
        } else {
            throw nothingClaimed();
        }
    }

    private static IllegalStateException nothingClaimed() {
        return new IllegalStateException("nothing is claimed of this link");
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
        return closing || !channel.isActive();
    }

    @Override
    public boolean congested() {
        return queuedBytes() > queuedBytesMax;
    }

    @Override
    public long queuedBytes() {
        ChannelOutboundBuffer queue = unsafe.outboundBuffer();
        long waits = queue == null ? 0 : queue.totalPendingWriteBytes();
        return conditioner == null ? waits : waits + conditioner.queuedBytes();
    }

    @Override
    public void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        queueReady();
        cut = raw.executor().schedule(this::cutOff, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        wire.close(code, reason);
    }

    void cutOff() {
        wire.cut();
    }

    /** The connection is gone. */
    void ended() {
        closing = true;
        if (scratch.heldBy(this)) {
            leaveScratch();
        }
        ByteBuf own = claimed;
        if (own != null) {
            claimed = null;
            own.release();
        }
        ScheduledFuture<?> pending = cut;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
