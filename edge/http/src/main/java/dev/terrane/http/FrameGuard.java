package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the frame decoder and Vert.x. Whole binary messages that did not go the short way of {@link FrameReader} go to the gateway, too; pings
 * are answered here; all else goes on to Vert.x. A frame that breaks the protocol ends the session by a named Error instead of a cut.
 *
 * <p>What the client still sends then is thrown away unread, up to a limit: closing a socket with unread bytes resets the connection, and the
 * reset would overtake the Error.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
    static final long DISCARDED_BYTES_MAX = 4 << 20;

    /** Who gets what comes in. On the channel's loop. */
    interface Receiver extends FrameReader.Receiver {
        /** A frame that is no message costs like one. False when the client has no more to spend, or is being closed: it is not answered. */
        boolean spend();

        /** An answer to a ping of ours is free. */
        void pong();

        /** The client does not read: what it asks for is not answered. */
        boolean congested();

        void fault(ErrorCode error, String message);
    }

    private final Receiver receiver;
    private boolean discarding;
    private long discardedBytes;
    private boolean pongsUnsent;

    private FrameGuard(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Puts the guard into an upgraded channel. On its loop. @param unmasked see {@link FrameReader} */
    static void install(ChannelHandlerContext vertx, SocketSettings settings, ByteBuffer unmasked, Receiver receiver) {
        ChannelPipeline pipeline = vertx.pipeline();
        // The stock decoder answers a fault with a bare close frame before anybody is asked.
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.frameBytesMax())
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        pipeline.addBefore(vertx.name(), "terrane-frame-guard", new FrameGuard(receiver));
        pipeline.replace(
                WebSocket13FrameDecoder.class, "terrane-frame-decoder", new FrameReader(config, unmasked, receiver));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!discarding) {
            if (message instanceof BinaryWebSocketFrame frame
                    && frame.isFinalFragment()
                    && receiver.takes(frame.content().readableBytes())) {
                receiver.take(frame.content().nioBuffer());
                frame.release();
            } else if (message instanceof PingWebSocketFrame ping) {
                answer(context, ping);
            } else if (message instanceof PongWebSocketFrame pong) {
                pong.release();
                receiver.pong();
            } else {
                context.fireChannelRead(message);
            }
            return;
        }
        discardedBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (discardedBytes > DISCARDED_BYTES_MAX) {
            context.close();
        }
    }

    /** Past Vert.x, which would queue a Pong for each without a limit and where {@link SocketLink#queuedBytes} does not see it. */
    private void answer(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (receiver.spend() && !receiver.congested()) {
            context.write(new PongWebSocketFrame(ping.content()));
            pongsUnsent = true;
        } else {
            ping.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (pongsUnsent) {
            pongsUnsent = false;
            context.flush();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        CorruptedWebSocketFrameException fault = corrupted(cause);
        if (fault == null) {
            context.fireExceptionCaught(cause);
        } else if (!discarding) {
            discarding = true;
            Channel channel = context.channel();
            channel.pipeline().remove(WebSocket13FrameDecoder.class);
            if (fault.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
                receiver.fault(ErrorCode.MESSAGE_TOO_LARGE, "a frame is longer than the server takes");
            } else {
                receiver.fault(ErrorCode.MALFORMED, "a frame breaks the WebSocket protocol: " + fault.getMessage());
            }
        }
    }

    private static @Nullable CorruptedWebSocketFrameException corrupted(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException fault) {
            return fault;
        }
        return cause.getCause() instanceof CorruptedWebSocketFrameException fault ? fault : null;
    }
}
