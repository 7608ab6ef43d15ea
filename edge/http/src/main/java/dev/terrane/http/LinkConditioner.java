package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.conditions.LinkModel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worse network than there is, nearest to the socket, for development: holds back what is read and what is written, each direction on its own, in order.
 *
 * <pre>
 *   socket ──read──► under way ──► decoders          too much under way: the socket is not read
 *   socket ◄──write─ under way ◄── encoders          too much: what a kernel would not have taken counts as queued
 * </pre>
 *
 * <p>It knows bytes and nothing of protocols. A connection that ends loses what is under way, as one that is reset does; so closing is not delayed.
 * Its loop's thread only.
 */
final class LinkConditioner extends ChannelDuplexHandler {
    private static final String NAME = "terrane-link-conditioner";

    /** As much as a client may have sent before it has to wait: as a TCP window, and above any message. */
    static final int INBOUND_BYTES_MAX = 256 * 1024;

    /** As much as the kernel takes of a slow client's bytes before the channel has to queue them. */
    static final int WINDOW_BYTES = ServerOptions.SEND_BUFFER_BYTES;

    /** Far above what a gateway sends to a congested client before it gives that up; more is a bug, and the connection breaks. */
    static final int OUTBOUND_BYTES_MAX = 32 << 20;

    /** Netty keeps one flag for each user of a channel's writability. */
    private static final int WRITABILITY = 1;

    private static final Logger LOG = LoggerFactory.getLogger(LinkConditioner.class);

    private final LinkConditions conditions;
    private final long number;
    private final Clock clock;
    private @Nullable DelayLine in;
    private @Nullable DelayLine out;
    private boolean full;
    private boolean writable = true;

    /** @param number of the connection: each has its own luck, and the same number the same */
    LinkConditioner(LinkConditions conditions, long number, Clock clock) {
        this.conditions = conditions;
        this.number = number;
        this.clock = clock;
    }

    /** Puts it before everything else in the channel, from now on. On the channel's loop. */
    void install(Channel channel) {
        channel.pipeline().addFirst(NAME, this);
    }

    /** The one in this channel; null: its network is as it is. */
    static @Nullable LinkConditioner of(Channel channel) {
        return channel.pipeline().get(LinkConditioner.class);
    }

    /** Bytes that were written and would still wait in front of a real socket's buffer. */
    long queuedBytes() {
        return Math.max(0, lineOut().heldBytes() - WINDOW_BYTES);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long now = clock.nanos();
        in = new DelayLine(new LinkModel(conditions, number * 2, now), clock, context.executor(), new Inwards(context));
        out = new DelayLine(
                new LinkModel(conditions, number * 2 + 1, now), clock, context.executor(), new Outwards(context));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DelayLine line = lineIn();
        line.send(message, null);
        if (!full && line.heldBytes() >= INBOUND_BYTES_MAX) {
            full = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** Said again when something has arrived. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {}

    /** Decoders ask for more while nothing is read by itself; now is not the time. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (!full) {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        DelayLine line = lineOut();
        line.send(message, promise);
        if (line.heldBytes() > OUTBOUND_BYTES_MAX) {
            LOG.atError()
                    .addKeyValue("link", conditions)
                    .addKeyValue("bytes", line.heldBytes())
                    .log("a conditioned link is cut: more waits for it than anybody should have written");
            context.close();
        } else {
            tellWritability(context);
        }
    }

    /** What has arrived is flushed then. */
    @Override
    public void flush(ChannelHandlerContext context) {
        if (lineOut().isEmpty()) {
            context.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void drop() {
        ClosedChannelException gone = new ClosedChannelException();
        lineIn().drop(gone);
        lineOut().drop(gone);
    }

    private void tellWritability(ChannelHandlerContext context) {
        Channel channel = context.channel();
        long queued = queuedBytes();
        boolean now = writable
                ? queued <= channel.config().getWriteBufferHighWaterMark()
                : queued < channel.config().getWriteBufferLowWaterMark();
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (now != writable && buffer != null) {
            writable = now;
            buffer.setUserDefinedWritability(WRITABILITY, now);
        }
    }

    private DelayLine lineIn() {
        return added(in);
    }

    private DelayLine lineOut() {
        return added(out);
    }

    private static DelayLine added(@Nullable DelayLine line) {
        if (line == null) {
            throw new IllegalStateException("the conditioner is in no channel yet");
        }
        return line;
    }

    /** To the decoders. */
    private final class Inwards implements DelayLine.Exit {
        private final ChannelHandlerContext context;

        Inwards(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void arrived(Object message, @Nullable ChannelPromise promise) {
            context.fireChannelRead(message);
        }

        @Override
        public void arrivedAll() {
            context.fireChannelReadComplete();
            if (full
                    && lineIn().heldBytes() < INBOUND_BYTES_MAX / 2
                    && context.channel().isOpen()) {
                full = false;
                context.channel().config().setAutoRead(true);
            }
        }
    }

    /** To the socket. */
    private final class Outwards implements DelayLine.Exit {
        private final ChannelHandlerContext context;

        Outwards(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void arrived(Object message, @Nullable ChannelPromise promise) {
            context.write(message, promise == null ? context.voidPromise() : promise);
        }

        @Override
        public void arrivedAll() {
            context.flush();
            tellWritability(context);
        }
    }
}
