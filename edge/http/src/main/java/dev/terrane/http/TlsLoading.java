package dev.terrane.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;

/** Reads certificate and key when the door opens, and says what is wrong with them. Blocks. */
final class TlsLoading {
    private TlsLoading() {}

    /** @throws IllegalStateException naming the files */
    static TlsFiles read(TlsSettings tls) {
        try {
            return TlsFiles.read(tls);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the TLS files %s and %s cannot be read: %s"
                            .formatted(tls.certificate(), tls.key(), e.getMessage()),
                    e);
        }
    }

    /** @throws IllegalStateException naming the files */
    static PemKeyCertOptions check(Vertx vertx, TlsSettings tls, TlsFiles files) {
        try {
            return files.checked(vertx);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the TLS files %s and %s cannot be used: %s"
                            .formatted(tls.certificate(), tls.key(), e.getMessage()),
                    e);
        }
    }

    /** What connections without HTTP are secured by. @throws Exception whatever found fault with the pair */
    static SslContext context(Vertx vertx, PemKeyCertOptions pair) throws Exception {
        return SslContextBuilder.forServer(pair.getKeyManagerFactory(vertx))
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }
}
