package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.Session;
import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one accepted connection's frames to its gateway. Its loop's thread only. */
final class SocketTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTraffic.class);

    private final Gateway gateway;
    private final ByteBuffer unmasked;
    private final SocketLink link;
    private final SocketSettings settings;
    private final SocketMeters meters;
    private final Clock clock;
    private final MessageAssembly assembly;
    private Runnable onEnd = () -> {};
    private @Nullable Session session;
    private @Nullable ScheduledFuture<?> pings;
    /** Pings of ours that the client has not answered. */
    private int pongsDue;

    private boolean ended;

    SocketTraffic(GatewayLoop loop, SocketLink link, SocketSettings settings, SocketMeters meters, Clock clock) {
        this.gateway = loop.gateway();
        this.unmasked = loop.unmasked();
        this.link = link;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.assembly = new MessageAssembly(settings.messageBytesMax());
    }

    /**
     * Opens a session for the socket. Whatever fails here costs this connection alone, and leaves nothing behind.
     *
     * @param onEnd called once, when the connection is gone and the gateway knows
     */
    void begin(ServerWebSocket socket, ConnectionFacts facts, Runnable onEnd) {
        this.onEnd = onEnd;
        try {
            listen(socket, facts);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("ip", facts.ip()).log("a connection was not opened");
            link.cutOff();
            end();
        }
    }

    /** The end first and the pings last: bytes that came with the upgrade are heard, or end the connection, inside of this. */
    private void listen(ServerWebSocket socket, ConnectionFacts facts) {
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(closed -> end());
        Session opened = gateway.open(link, facts, clock.nanos());
        session = opened;
        socket.frameHandler(frame -> onFrame(opened, frame));
        FrameGuard.install(link.wire(), settings, unmasked, new Receiver(opened));
        if (!ended) {
            pings = startPings();
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (pings != null) {
            pings.cancel(false);
        }
        try {
            link.ended();
            if (session != null) {
                gateway.onClosed(session);
            }
        } finally {
            onEnd.run();
        }
    }

    /** The short way of what clients send almost always: one frame, one message. */
    private final class Receiver implements FrameGuard.Receiver {
        private final Session session;

        Receiver(Session session) {
            this.session = session;
        }

        @Override
        public boolean takes(int lengthBytes) {
            return !assembly.midway() && lengthBytes <= settings.messageBytesMax();
        }

        @Override
        public void take(ByteBuffer message) {
            if (!link.closing()) {
                meters.received(message.remaining());
                onMessage(session, message);
            }
        }

        @Override
        public boolean spend() {
            return !link.closing() && gateway.spend(session, clock.nanos());
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
            reject(session, error, message);
        }
    }

    private @Nullable ScheduledFuture<?> startPings() {
        if (settings.pingSeconds() == 0) {
            return null;
        }
        return link.wire()
                .executor()
                .scheduleWithFixedDelay(this::ping, settings.pingSeconds(), settings.pingSeconds(), TimeUnit.SECONDS);
    }

    private void ping() {
        pongsDue++;
        link.wire().writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }

    private void onFrame(Session session, WebSocketFrame frame) {
        if (link.closing()) {
            return;
        }
        if (frame.isText()) {
            reject(session, ErrorCode.MALFORMED, "text messages are not part of the protocol; send binary ones");
        } else if (frame.isBinary() || frame.isContinuation()) {
            switch (assembly.add(frame)) {
                case PARTIAL -> gateway.spend(session, clock.nanos());
                case TOO_LARGE ->
                    reject(
                            session,
                            ErrorCode.MESSAGE_TOO_LARGE,
                            "a message has more than %d bytes".formatted(settings.messageBytesMax()));
                case WHOLE -> {
                    meters.received(assembly.message().remaining());
                    onMessage(session, assembly.message());
                }
            }
        }
    }

    /** A bug in the gateway costs the session that met it, not the loop. */
    private void onMessage(Session session, ByteBuffer message) {
        try {
            gateway.onMessage(session, message, clock.nanos());
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("session", session.id()).log("a message made the gateway fail");
            link.close(ErrorCode.INTERNAL.closeCode(), ErrorCode.INTERNAL.name());
        }
    }

    private void reject(Session session, ErrorCode error, String message) {
        if (!link.closing()) {
            meters.refused(error);
            gateway.reject(session, error, message);
        }
    }
}
