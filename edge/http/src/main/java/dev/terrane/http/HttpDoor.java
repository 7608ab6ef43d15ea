package dev.terrane.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the front door: page, WebSockets and REST on one port, TCP on another if it is wanted; one event loop per gateway; one for REST alone where there are no gateways. */
public final class HttpDoor {
    private static final int WORKER_COUNT = 4;

    /** Static files are in memory: no copies of them in the temporary folder. */
    private static final FileSystemOptions NO_FILE_CACHE =
            new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

    private HttpDoor() {}

    /**
     * Builds the gateways, reads the static files and listens. Blocks until connections are accepted; call it from a plain thread.
     *
     * @throws IllegalArgumentException naming every setting that is out of range
     * @throws IllegalStateException when the address cannot be listened on, or the certificate cannot be used
     * @throws java.io.UncheckedIOException when a folder of static files cannot be read
     */
    public static RunningHttp start(HttpServerSettings settings, HttpPorts ports) {
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        StaticSite site = StaticSite.read(settings.sites());
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loopCount(ports))
                .setWorkerPoolSize(WORKER_COUNT)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(NO_FILE_CACHE));
        try {
            return open(vertx, settings, ports, site);
        } catch (RuntimeException failure) {
            vertx.close().await();
            throw failure;
        }
    }

    private static RunningHttp open(Vertx vertx, HttpServerSettings settings, HttpPorts ports, StaticSite site) {
        TlsSettings tls = settings.tls();
        TlsFiles files = tls == null ? null : TlsLoading.read(tls);
        HttpServerOptions options =
                ServerOptions.of(settings, tls == null || files == null ? null : TlsLoading.check(vertx, tls, files));
        List<GatewayLoop> loops = loops(vertx, ports);
        Refusals refusing = new Refusals();
        OpenTcp tcp = openTcp(vertx, settings, ports, refusing, loops);
        SocketDoor sockets = new SocketDoor(settings, ports, refusing);
        // With the port that TCP has got: guests are told of it.
        RestRouter rest = new RestRouter(settings.withTcp(tcp == null ? null : tcp.settings()), ports, site);
        List<HttpServer> servers = new ArrayList<>();
        for (GatewayLoop loop : loops) {
            servers.add(listen(loop, options, sockets, rest, settings.listen()));
        }
        TlsReload reload =
                tls == null || files == null ? null : new TlsReload(vertx, tls, files, TlsReload.of(servers));
        if (reload != null) {
            reload.start();
        }
        LOG.atInfo()
                .addKeyValue("host", settings.listen().host())
                .addKeyValue("port", servers.getFirst().actualPort())
                .addKeyValue("tls", tls != null)
                .addKeyValue("tcp", tcp == null ? "off" : tcp.settings().port())
                .addKeyValue("tcpTls", tcp != null && tcp.settings().tls() != null)
                .addKeyValue("gateways", ports.gateways().gatewayCount())
                .addKeyValue("files", site.fileCount())
                .addKeyValue("transport", vertx.isNativeTransportEnabled() ? "epoll" : "nio")
                .log("the door is open");
        return new RunningHttp(vertx, loops, servers, reload, tcp);
    }

    /** Null when it is not wanted, or there are no gateways that it could lead to. */
    private static @Nullable OpenTcp openTcp(
            Vertx vertx, HttpServerSettings settings, HttpPorts ports, Refusals refusing, List<GatewayLoop> loops) {
        TcpSettings wanted = settings.tcp();
        return wanted == null || ports.gateways().gatewayCount() == 0
                ? null
                : OpenTcp.open(
                        (VertxInternal) vertx,
                        settings.listen().host(),
                        wanted,
                        new TcpDoor(settings, ports, refusing),
                        loops);
    }

    /** Without gateways one loop answers REST. */
    private static int loopCount(HttpPorts ports) {
        return Math.max(1, ports.gateways().gatewayCount());
    }

    /** Contexts are made one after the other, so each gets an event loop of its own. */
    private static List<GatewayLoop> loops(Vertx vertx, HttpPorts ports) {
        List<GatewayLoop> loops = new ArrayList<>();
        for (int number = 0; number < loopCount(ports); number++) {
            ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
            GatewayLoop loop = new GatewayLoop(number, context, ports.clock());
            if (number < ports.gateways().gatewayCount()) {
                loop.settle(ports.gateways().build(number, loop::wake, DoorBytes::new));
            }
            loops.add(loop);
        }
        return loops;
    }

    private static HttpServer listen(
            GatewayLoop loop, HttpServerOptions options, SocketDoor sockets, RestRouter rest, ListenSettings address) {
        Vertx vertx = loop.context().owner();
        Future<HttpServer> listening = loop.context()
                .<HttpServer>future(promise -> loop.context()
                        .runOnContext(now -> vertx.createHttpServer(options)
                                .webSocketHandshakeHandler(handshake -> knock(sockets, loop, handshake))
                                .requestHandler(rest.forLoop(vertx))
                                .exceptionHandler(broken -> {})
                                .listen(ServerOptions.address(address))
                                .onComplete(promise)));
        try {
            return listening.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(
                    "cannot listen on %s:%d: %s; is another server running there? Choose another with --port"
                            .formatted(address.host(), address.port(), reason(failure)),
                    failure);
        }
    }

    private static void knock(SocketDoor sockets, GatewayLoop loop, ServerWebSocketHandshake handshake) {
        if (loop.hasGateway()) {
            sockets.onHandshake(loop, handshake);
        } else {
            handshake.reject(404);
        }
    }

    private static @Nullable String reason(CompletionException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.getMessage() : cause.getMessage();
    }
}
