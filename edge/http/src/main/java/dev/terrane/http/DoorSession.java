package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.Session;
import dev.terrane.protocol.client.ErrorCode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection and its session with the gateway of its loop, whichever way it came in. Its loop's thread only.
 *
 * <pre>
 *   open ─► heard, spend, reject … ─► end      end may come first, and only the first one counts
 * </pre>
 */
final class DoorSession {
    private static final Logger LOG = LoggerFactory.getLogger(DoorSession.class);

    private final Gateway gateway;
    private final SocketLink link;
    private final SocketMeters meters;
    private final Clock clock;
    private final Runnable onEnd;
    private @Nullable Session session;
    private boolean ended;

    /** How its gateway is asked for a session. */
    @FunctionalInterface
    interface Opening {
        Session open(Gateway gateway, ClientLink link, long nowNanos);
    }

    /** @param onEnd called once, when the connection is gone and the gateway knows */
    DoorSession(GatewayLoop loop, SocketLink link, SocketMeters meters, Clock clock, Runnable onEnd) {
        this.gateway = loop.gateway();
        this.link = link;
        this.meters = meters;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /**
     * Opens the session, then does the rest. Whatever fails here costs this connection alone, and leaves nothing behind.
     *
     * @param listen lets bytes in; what came already is heard, or ends the connection, inside of this
     */
    void begin(String ip, Opening opening, Runnable listen) {
        try {
            session = opening.open(gateway, link, clock.nanos());
            listen.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("ip", ip).log("a connection was not opened");
            link.cutOff();
            end();
        }
    }

    boolean ended() {
        return ended;
    }

    /** The connection is gone. Repeated calls do nothing. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        Session own = session;
        try {
            link.ended();
            if (own != null) {
                gateway.onClosed(own);
            }
        } finally {
            onEnd.run();
        }
    }

    /** One whole message. A bug in the gateway costs the session that met it, not the loop. */
    void heard(ByteBuffer message) {
        Session own = session;
        if (own == null || link.closing()) {
            return;
        }
        meters.received(message.remaining());
        try {
            gateway.onMessage(own, message, clock.nanos());
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("session", own.id()).log("a message made the gateway fail");
            link.close(ErrorCode.INTERNAL.closeCode(), ErrorCode.INTERNAL.name());
        }
    }

    /** What is no whole message costs like one. False when the client has no more to spend, or is being closed. */
    boolean spend() {
        Session own = session;
        return own != null && !link.closing() && gateway.spend(own, clock.nanos());
    }

    /** The door itself found fault: the client is told, and closed. */
    void reject(ErrorCode error, String message) {
        Session own = session;
        if (own != null && !link.closing()) {
            meters.refused(error);
            gateway.reject(own, error, message);
        }
    }
}
