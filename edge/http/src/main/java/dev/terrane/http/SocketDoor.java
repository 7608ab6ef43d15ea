package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.OriginRules;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.protocol.client.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each WebSocket handshake: path, origin, token, limits. One for all loops; a handshake stays on its own.
 *
 * <p>A browser's script cannot read the status of a refused upgrade, so only foreign pages and wrong paths get one. Whoever lacks a token or
 * a place is let in for as long as it takes to say why.
 */
final class SocketDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);

    private final SocketSettings settings;
    private final OriginRules origins;
    private final ClientAddresses addresses;
    private final DoorKeys keys;
    private final Clock clock;
    private final SocketMeters meters;
    private final DevelopmentSettings development;
    private final AtomicLong conditionedCount = new AtomicLong();
    private final Refusals refusing;

    /** @param refusing counted together with the other ways in */
    SocketDoor(HttpServerSettings settings, HttpPorts ports, Refusals refusing) {
        this.settings = settings.sockets();
        this.origins = settings.trust().originRules();
        this.addresses = new ClientAddresses(settings.trust());
        this.development = settings.development();
        this.keys = ports.keys();
        this.clock = ports.clock();
        this.meters = new SocketMeters(ports.meters(), "ws");
        this.refusing = refusing;
    }

    void onHandshake(GatewayLoop loop, ServerWebSocketHandshake handshake) {
        String ip = addresses.clientOf(
                handshake.remoteAddress().hostAddress(), handshake.headers().getAll("x-forwarded-for"));
        if (!settings.path().equals(handshake.path())) {
            handshake.reject(404);
        } else if (!origins.allows(
                handshake.headers().get(HttpHeaders.ORIGIN), handshake.headers().get(HttpHeaders.HOST))) {
            log(ip, ErrorCode.FORBIDDEN_ORIGIN);
            handshake.reject(403);
        } else {
            switch (keys.verifier().verify(BearerToken.of(handshake), clock.epochMillis())) {
                case TokenCheck.Refused no ->
                    refuse(loop, handshake, ip, no.reason().error(), no.detail());
                case TokenCheck.Accepted yes -> {
                    switch (LinkWish.of(handshake, development)) {
                        case LinkWish.Refused no -> refuse(loop, handshake, ip, ErrorCode.MALFORMED, no.reason());
                        case LinkWish.Granted link -> enter(loop, handshake, ip, yes.token(), link.conditions());
                    }
                }
            }
        }
    }

    private void enter(
            GatewayLoop loop,
            ServerWebSocketHandshake handshake,
            String ip,
            VerifiedToken token,
            LinkConditions conditions) {
        ConnectionLimits.Entry entry = keys.limits().tryEnter(ip);
        switch (entry) {
            case TOO_MANY -> refuse(loop, handshake, ip, ErrorCode.SERVER_FULL, "the server is full; try again later");
            case TOO_MANY_FROM_ADDRESS ->
                refuse(
                        loop,
                        handshake,
                        ip,
                        ErrorCode.TOO_MANY_CONNECTIONS,
                        "this address has too many connections open");
            case ACCEPTED ->
                handshake
                        .accept()
                        .onComplete(
                                socket -> open(loop, socket, new ConnectionFacts(ip, token), conditions),
                                broken -> keys.limits().release(ip));
        }
    }

    /** Its place is taken, and given back at its end. */
    void open(GatewayLoop loop, ServerWebSocket socket, ConnectionFacts facts, LinkConditions conditions) {
        if (socket.isClosed()) { // already: nobody would tell us of the end
            keys.limits().release(facts.ip());
            return;
        }
        meters.opened();
        if (!conditions.isNone()) {
            condition(socket, facts, conditions);
        }
        Runnable onEnd = () -> {
            meters.closed();
            if (!conditions.isNone()) {
                meters.unconditioned();
            }
            keys.limits().release(facts.ip());
        };
        new SocketTraffic(loop, socket, settings, meters, clock, onEnd).begin(facts);
    }

    private void condition(ServerWebSocket socket, ConnectionFacts facts, LinkConditions conditions) {
        long number = conditionedCount.getAndIncrement();
        new LinkConditioner(conditions, number, clock)
                .install(((WebSocketInternal) socket).channelHandlerContext().channel());
        meters.conditioned();
        LOG.atInfo()
                .addKeyValue("ip", facts.ip())
                .addKeyValue("link", conditions)
                .addKeyValue("number", number)
                .log("a connection's network is made worse, as asked for");
    }

    private void refuse(
            GatewayLoop loop, ServerWebSocketHandshake handshake, String ip, ErrorCode error, String message) {
        log(ip, error);
        if (!refusing.begin()) {
            handshake.reject(503);
            return;
        }
        handshake.accept().onComplete(socket -> tell(loop, socket, error, message), broken -> refusing.end());
    }

    private void tell(GatewayLoop loop, ServerWebSocket socket, ErrorCode error, String message) {
        if (socket.isClosed()) {
            refusing.end();
            return;
        }
        SocketLink link = new SocketLink(new WebSocketWire(socket), loop.scratch(), settings.queuedBytesMax(), meters);
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(closed -> {
            link.ended();
            refusing.end();
        });
        link.send(ErrorMessage.fatal(error, message));
        link.close(error.closeCode(), error.name());
    }

    /** Counted always, logged on request only: whoever knocks a thousand times a second must not fill the log. */
    private void log(String ip, ErrorCode error) {
        meters.refused(error);
        LOG.atDebug().addKeyValue("ip", ip).addKeyValue("error", error).log("a connection was refused");
    }
}
