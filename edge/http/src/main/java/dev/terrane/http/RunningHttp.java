package dev.terrane.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open door. Any thread may call it. */
public final class RunningHttp implements AutoCloseable {
    /** Within the five seconds that a stop of the whole server may take. */
    public static final Duration GRACE_DEFAULT = Duration.ofSeconds(2);

    private static final long SHUT_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(RunningHttp.class);

    private final Vertx vertx;
    private final List<GatewayLoop> loops;
    private final List<HttpServer> servers;
    private final @Nullable TlsReload tls;
    private final @Nullable OpenTcp tcp;

    RunningHttp(
            Vertx vertx,
            List<GatewayLoop> loops,
            List<HttpServer> servers,
            @Nullable TlsReload tls,
            @Nullable OpenTcp tcp) {
        this.vertx = vertx;
        this.loops = loops;
        this.servers = servers;
        this.tls = tls;
        this.tcp = tcp;
    }

    /** The port it really listens on. */
    public int port() {
        return servers.getFirst().actualPort();
    }

    /** The port of TCP; 0 where there is none. */
    public int tcpPort() {
        OpenTcp beside = tcp;
        return beside == null ? 0 : beside.settings().port();
    }

    /** Looks at the TLS files now instead of at the next poll; true when a new certificate is in use. */
    boolean reloadTls() {
        OpenTcp beside = tcp;
        return reload(tls) | reload(beside == null ? null : beside.reload());
    }

    private static boolean reload(@Nullable TlsReload files) {
        return files != null
                && files.check().toCompletionStage().toCompletableFuture().join();
    }

    /** For tests: runs where the first gateway lives. */
    void onFirstLoop(Runnable task) {
        loops.getFirst().context().runOnContext(now -> task.run());
    }

    @Override
    public void close() {
        close(GRACE_DEFAULT);
    }

    /**
     * Tells every session SHUTTING_DOWN, closes it with 1001, stops accepting, and returns when all are gone; after {@code grace} the rest is
     * cut. Not from an event loop.
     */
    public void close(Duration grace) {
        // First the gateways: what Vert.x itself says to a socket is a close without a reason.
        waitFor(
                Future.join(loops.stream().map(GatewayLoop::shutDown).toList()).mapEmpty(),
                SHUT_MILLIS_MAX,
                "a gateway did not say good-bye in time");
        Future<Void> stopped = Future.join(
                        servers.stream().map(server -> server.shutdown(grace)).toList())
                .mapEmpty();
        OpenTcp beside = tcp;
        if (beside != null) {
            beside.close(grace);
        }
        waitFor(stopped, grace.toMillis() + SHUT_MILLIS_MAX, "the HTTP server did not stop in time");
        waitFor(vertx.close(), SHUT_MILLIS_MAX, "the event loops did not stop in time");
    }

    private static void waitFor(Future<Void> work, long millisMax, String complaint) {
        try {
            work.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(millisMax, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                LOG.atWarn().addKeyValue("millis", millisMax).log(complaint);
            } else {
                LOG.atWarn().setCause(failure.getCause()).log(complaint);
            }
        }
    }
}
