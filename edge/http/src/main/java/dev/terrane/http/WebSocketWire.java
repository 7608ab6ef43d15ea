package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * An upgraded connection. Binary frames are written behind Vert.x and its frame encoder, because those copy, queue and wrap each of them, twenty times a second
 * for each client. The close frame goes by Vert.x; it follows them in order, for the channel already holds them.
 */
final class WebSocketWire implements Wire {
    private final ServerWebSocket socket;
    private final ChannelHandlerContext vertx;
    private final ChannelHandlerContext frames;

    WebSocketWire(ServerWebSocket socket) {
        this.socket = socket;
        this.vertx = ((WebSocketInternal) socket).channelHandlerContext();
        this.frames = vertx.pipeline().context(WebSocket13FrameEncoder.class);
    }

    /** Where Vert.x stands in the pipeline. */
    ChannelHandlerContext vertx() {
        return vertx;
    }

    @Override
    public ChannelHandlerContext frames() {
        return frames;
    }

    @Override
    public int writeHead(ByteBuf buffer, int messageBytes) {
        return FrameHead.write(buffer, messageBytes);
    }

    /** Vert.x' handlers tell of the end. */
    @Override
    public void close(int code, String reason) {
        vertx.executor().execute(() -> socket.close((short) code, reason));
    }

    /** From Vert.x' handler on, not from the channel's end: there Vert.x would wait for the queue, which is what is stuck. */
    @Override
    public void cut() {
        vertx.close();
    }
}
