package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the frame decoder and Vert.x: a frame that breaks the protocol ends the session by a named Error instead of a cut.
 *
 * <p>What the client still sends then is thrown away unread, up to a limit: closing a socket with unread bytes resets the connection, and the
 * reset would overtake the Error.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
    static final long DISCARDED_BYTES_MAX = 4 << 20;

    private final BiConsumer<ErrorCode, String> onFault;
    private boolean discarding;
    private long discardedBytes;

    private FrameGuard(BiConsumer<ErrorCode, String> onFault) {
        this.onFault = onFault;
    }

    /** Puts the guard into an upgraded channel. On its loop. */
    static void install(ChannelHandlerContext vertx, SocketSettings settings, BiConsumer<ErrorCode, String> onFault) {
        ChannelPipeline pipeline = vertx.pipeline();
        // The stock decoder answers a fault with a bare close frame before anybody is asked.
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.frameBytesMax())
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        pipeline.addBefore(vertx.name(), "terrane-frame-guard", new FrameGuard(onFault));
        pipeline.replace(WebSocket13FrameDecoder.class, "terrane-frame-decoder", new WebSocket13FrameDecoder(config));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!discarding) {
            context.fireChannelRead(message);
            return;
        }
        discardedBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (discardedBytes > DISCARDED_BYTES_MAX) {
            context.close();
        }
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
                onFault.accept(ErrorCode.MESSAGE_TOO_LARGE, "a frame is longer than the server takes");
            } else {
                onFault.accept(ErrorCode.MALFORMED, "a frame breaks the WebSocket protocol: " + fault.getMessage());
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
