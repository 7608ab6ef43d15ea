package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries one accepted WebSocket's frames to its gateway. Its loop's thread only. */
final class SocketTraffic {
    private final ServerWebSocket socket;
    private final ChannelHandlerContext wire;
    private final ByteBuffer unmasked;
    private final SocketLink link;
    private final SocketSettings settings;
    private final MessageAssembly assembly;
    private final DoorSession session;
    private @Nullable ScheduledFuture<?> pings;
    /** Pings of ours that the client has not answered. */
    private int pongsDue;

    /** @param onEnd called once, when the connection is gone and the gateway knows */
    SocketTraffic(
            GatewayLoop loop,
            ServerWebSocket socket,
            SocketSettings settings,
            SocketMeters meters,
            Clock clock,
            Runnable onEnd) {
        WebSocketWire own = new WebSocketWire(socket);
        this.socket = socket;
        this.wire = own.vertx();
        this.unmasked = loop.unmasked();
        this.link = new SocketLink(own, loop.scratch(), settings.queuedBytesMax(), meters);
        this.settings = settings;
        this.assembly = new MessageAssembly(settings.messageBytesMax());
        this.session = new DoorSession(loop, link, meters, clock, onEnd);
    }

    /** Opens a session for the socket. The end is heard of first, and pings come last. */
    void begin(ConnectionFacts facts) {
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(closed -> end());
        session.begin(facts.ip(), (gateway, out, nowNanos) -> gateway.open(out, facts, nowNanos), this::listen);
    }

    private void listen() {
        socket.frameHandler(this::onFrame);
        FrameGuard.install(wire, settings, unmasked, new Receiver());
        if (!session.ended()) {
            pings = startPings();
        }
    }

    private void end() {
        if (pings != null) {
            pings.cancel(false);
        }
        session.end();
    }

    /** The short way of what clients send almost always: one frame, one message. */
    private final class Receiver implements FrameGuard.Receiver {
        @Override
        public boolean takes(int lengthBytes) {
            return !assembly.midway() && lengthBytes <= settings.messageBytesMax();
        }

        @Override
        public void take(ByteBuffer message) {
            session.heard(message);
        }

        @Override
        public boolean spend() {
            return session.spend();
        }

        @Override
        public void pong() {
            if (pongsDue > 0) {
                pongsDue--;
            } else {
                spend();
            }
        }

        @Override
        public boolean congested() {
            return link.congested();
        }

        @Override
        public void fault(ErrorCode error, String message) {
            session.reject(error, message);
        }
    }

    private @Nullable ScheduledFuture<?> startPings() {
        if (settings.pingSeconds() == 0) {
            return null;
        }
        return wire.executor()
                .scheduleWithFixedDelay(this::ping, settings.pingSeconds(), settings.pingSeconds(), TimeUnit.SECONDS);
    }

    private void ping() {
        pongsDue++;
        wire.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }

    private void onFrame(WebSocketFrame frame) {
        if (link.closing()) {
            return;
        }
        if (frame.isText()) {
            session.reject(ErrorCode.MALFORMED, "text messages are not part of the protocol; send binary ones");
        } else if (frame.isBinary() || frame.isContinuation()) {
            switch (assembly.add(frame)) {
                case PARTIAL -> session.spend();
                case TOO_LARGE ->
                    session.reject(
                            ErrorCode.MESSAGE_TOO_LARGE,
                            "a message has more than %d bytes".formatted(settings.messageBytesMax()));
                case WHOLE -> session.heard(assembly.message());
            }
        }
    }
}
