package dev.terrane.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives new connections the new certificate when the files have changed. What does not fit together is logged and leaves the old one in place;
 * it is tried again when the files change again.
 */
final class TlsReload {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final Vertx vertx;
    private final TlsSettings settings;
    private final User user;
    private volatile TlsFiles seen;

    /** Whose new connections get the pair. */
    @FunctionalInterface
    interface User {
        Future<?> take(PemKeyCertOptions pair);
    }

    TlsReload(Vertx vertx, TlsSettings settings, TlsFiles loaded, User user) {
        this.vertx = vertx;
        this.settings = settings;
        this.seen = loaded;
        this.user = user;
    }

    void start() {
        vertx.setPeriodic(settings.pollMillis(), tick -> check());
    }

    /** True when a new certificate is in use. Any thread may call it. */
    Future<Boolean> check() {
        return vertx.executeBlocking(this::changed)
                .compose(changed -> changed ? replace() : Future.succeededFuture(false))
                .otherwise(failure -> {
                    LOG.atError()
                            .addKeyValue("certificate", settings.certificate())
                            .addKeyValue("key", settings.key())
                            .addKeyValue("problem", failure.getMessage())
                            .log(
                                    "the changed TLS files cannot be used; the old certificate stays. Write both files anew");
                    return false;
                });
    }

    private boolean changed() throws Exception {
        TlsFiles now = TlsFiles.read(settings);
        boolean changed = !now.sameAs(seen);
        seen = now;
        return changed;
    }

    private Future<Boolean> replace() {
        return vertx.executeBlocking(() -> seen.checked(vertx))
                .compose(user::take)
                .map(taken -> {
                    LOG.atInfo()
                            .addKeyValue("certificate", settings.certificate())
                            .log("new connections get the new TLS certificate");
                    return true;
                });
    }

    /** Of servers that all have the same. */
    static User of(List<HttpServer> servers) {
        return pair -> {
            ServerSSLOptions update = new ServerSSLOptions().setKeyCertOptions(pair);
            Future<Boolean> done = Future.succeededFuture(false);
            for (HttpServer server : servers) {
                done = done.compose(earlier -> server.updateSSLOptions(update.copy(), true));
            }
            return done;
        };
    }
}
