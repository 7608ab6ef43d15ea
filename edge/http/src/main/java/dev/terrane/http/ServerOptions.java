package dev.terrane.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Our settings in Vert.x' words. */
final class ServerOptions {
    /** Servers that name the same id share one random port. */
    private static final int FREE_PORT_ID = 1;

    /** A slow client's stale frames wait here, unseen by us and not to be called back; 128 KiB are over a second of play. */
    static final int SEND_BUFFER_BYTES = 128 * 1024;

    /** Longer than a gateway's patience, so that a silent player is told IDLE_TIMEOUT first. */
    private static final int READ_IDLE_SECONDS = 75;

    static final int ACCEPT_BACKLOG = 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int FIRST_LINE_BYTES_MAX = 8 * 1024;
    private static final int CLOSING_SECONDS = 2;

    private ServerOptions() {}

    /** The same for all loops: Vert.x then hands out the connections of one port in turn. */
    static SocketAddress address(ListenSettings listen) {
        return listen.port() == 0
                ? SocketAddress.sharedRandomPort(FREE_PORT_ID, listen.host())
                : SocketAddress.inetSocketAddress(listen.port(), listen.host());
    }

    static HttpServerOptions of(HttpServerSettings settings, @Nullable PemKeyCertOptions tls) {
        SocketSettings sockets = settings.sockets();
        HttpServerOptions options = new HttpServerOptions()
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setTcpNoDelay(true)
                .setReadIdleTimeout(READ_IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxInitialLineLength(FIRST_LINE_BYTES_MAX)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setCompressionSupported(false)
                .setMaxWebSocketFrameSize(sockets.frameBytesMax())
                .setMaxWebSocketMessageSize(sockets.messageBytesMax())
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(CLOSING_SECONDS);
        if (tls != null) {
            options.setSsl(true).setKeyCertOptions(tls);
        }
        return options;
    }
}
