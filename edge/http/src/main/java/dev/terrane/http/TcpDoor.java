package dev.terrane.http;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.protocol.client.ErrorCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each TCP connection as soon as it is there, before TLS has cost anything: limits, the same as of WebSockets and counted with them. Who it is its Hello says. One for all loops; a
 * connection stays on its own.
 */
final class TcpDoor {
    /** As long as a Hello may take after it. */
    static final long TLS_MILLIS_MAX = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(TcpDoor.class);

    private final SocketSettings settings;
    private final ClientAddresses addresses;
    private final DoorKeys keys;
    private final Clock clock;
    private final SocketMeters meters;
    private final Meters.Count tlsFailed;
    private final Refusals refusing;

    /**
     * A connection at the door.
     *
     * @param ip for limits and logs
     * @param refused why it is let in only to be told so; null: it has a place, which is given back at its end
     */
    record Visitor(String ip, @Nullable ErrorCode refused, String why) {}

    /** @param refusing counted together with the other ways in */
    TcpDoor(HttpServerSettings settings, HttpPorts ports, Refusals refusing) {
        this.settings = settings.sockets();
        this.addresses = new ClientAddresses(settings.trust());
        this.keys = ports.keys();
        this.clock = ports.clock();
        this.meters = new SocketMeters(ports.meters(), "tcp");
        this.tlsFailed = ports.meters().count("tcp_tls_failed");
        this.refusing = refusing;
    }

    /** A connection was accepted. On its loop. @param tls null: plain TCP */
    void onConnection(GatewayLoop loop, Channel channel, @Nullable Supplier<SslContext> tls) {
        Visitor visitor = channel.remoteAddress() instanceof InetSocketAddress peer
                ? visitor(addresses.clientOf(peer.getAddress().getHostAddress(), List.of()))
                : null; // is gone already
        if (visitor == null) {
            channel.close();
            return;
        }
        TcpTraffic traffic = new TcpTraffic(this, loop, visitor);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(traffic); // first: from here on the place is given back, whatever fails
        if (tls != null) {
            SslHandler secured = tls.get().newHandler(channel.alloc());
            secured.setHandshakeTimeoutMillis(TLS_MILLIS_MAX);
            pipeline.addFirst(new TlsGuard(traffic), secured);
        }
    }

    /** Null when so many are being refused that this one is not even told. */
    private @Nullable Visitor visitor(String ip) {
        return switch (keys.limits().tryEnter(ip)) {
            case ACCEPTED -> new Visitor(ip, null, "");
            case TOO_MANY -> refuse(ip, ErrorCode.SERVER_FULL, "the server is full; try again later");
            case TOO_MANY_FROM_ADDRESS ->
                refuse(ip, ErrorCode.TOO_MANY_CONNECTIONS, "this address has too many connections open");
        };
    }

    /** Counted always, logged on request only: whoever knocks a thousand times a second must not fill the log. */
    private @Nullable Visitor refuse(String ip, ErrorCode error, String why) {
        meters.refused(error);
        LOG.atDebug().addKeyValue("ip", ip).addKeyValue("error", error).log("a connection was refused");
        return refusing.begin() ? new Visitor(ip, error, why) : null;
    }

    /** The connection is gone. Once for each. */
    void left(Visitor visitor) {
        if (visitor.refused() == null) {
            keys.limits().release(visitor.ip());
        } else {
            refusing.end();
        }
    }

    void tlsFailed(Visitor visitor, Throwable cause) {
        tlsFailed.one();
        LOG.atDebug()
                .addKeyValue("ip", visitor.ip())
                .addKeyValue("problem", cause.getMessage())
                .log("TLS did not come about");
    }

    SocketLink link(ChannelHandlerContext context, GatewayLoop loop) {
        return new SocketLink(new TcpWire(context), loop.scratch(), settings.queuedBytesMax(), meters);
    }

    /** The token of a Hello. */
    TokenCheck check(String token) {
        TokenCheck checked = token.isEmpty()
                ? new TokenCheck.Refused(
                        TokenCheck.Reason.MISSING, "no token; here Hello brings it, from POST /guest for example")
                : keys.verifier().verify(token, clock.epochMillis());
        if (checked instanceof TokenCheck.Refused no) {
            meters.refused(no.reason().error());
        }
        return checked;
    }

    void opened() {
        meters.opened();
    }

    void closed() {
        meters.closed();
    }

    int messageBytesMax() {
        return settings.messageBytesMax();
    }

    SocketMeters meters() {
        return meters;
    }

    Clock clock() {
        return clock;
    }
}
