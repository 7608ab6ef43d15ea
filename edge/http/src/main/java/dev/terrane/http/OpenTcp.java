package dev.terrane.http;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way in over TCP, open.
 *
 * @param settings with the port that it really has
 * @param reload of its certificate; null without TLS
 */
record OpenTcp(
        TcpSettings settings,
        TcpListener listener,
        @Nullable TlsReload reload) {

    /**
     * Blocks until it is open; call it from a plain thread.
     *
     * @throws IllegalStateException when the address cannot be listened on, or the certificate cannot be used
     */
    static OpenTcp open(VertxInternal vertx, String host, TcpSettings wanted, TcpDoor door, List<GatewayLoop> loops) {
        TlsSettings tls = wanted.tls();
        AtomicReference<@Nullable SslContext> context = new AtomicReference<>();
        TlsReload reload = null;
        if (tls != null) {
            TlsFiles files = TlsLoading.read(tls);
            context.set(secured(vertx, tls, TlsLoading.check(vertx, tls, files)));
            reload = new TlsReload(
                    vertx,
                    tls,
                    files,
                    pair -> vertx.executeBlocking(() -> {
                        context.set(TlsLoading.context(vertx, pair));
                        return null;
                    }));
        }
        TcpListener listener = new TcpListener(door, loops, tls == null ? null : () -> now(context));
        int port = listener.listen(vertx, host, wanted.port());
        if (reload != null) {
            reload.start();
        }
        return new OpenTcp(wanted.at(port), listener, reload);
    }

    private static SslContext secured(VertxInternal vertx, TlsSettings tls, PemKeyCertOptions pair) {
        try {
            return TlsLoading.context(vertx, pair);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "TLS cannot be spoken with %s and %s: %s".formatted(tls.certificate(), tls.key(), e.getMessage()),
                    e);
        }
    }

    private static SslContext now(AtomicReference<@Nullable SslContext> context) {
        SslContext current = context.get();
        if (current == null) {
            throw new IllegalStateException("there is no certificate yet");
        }
        return current;
    }

    /** Accepts no more, waits for who was told to go, and cuts who is not gone within {@code grace}. Blocks. */
    void close(Duration grace) {
        listener.close(grace);
    }
}
