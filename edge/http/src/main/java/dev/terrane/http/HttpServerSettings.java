package dev.terrane.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the front door listens and whom it lets in.
 *
 * @param tls null: plain HTTP and WebSocket
 * @param tcp null: no way in but by HTTP
 */
public record HttpServerSettings(
        ListenSettings listen,
        SocketSettings sockets,
        RestSettings rest,
        TrustSettings trust,
        List<SiteRoot> sites,
        @Nullable TlsSettings tls,
        DevelopmentSettings development,
        @Nullable TcpSettings tcp) {

    public HttpServerSettings {
        sites = List.copyOf(sites);
    }

    /** With nothing that is for development, and without TCP. */
    public HttpServerSettings(
            ListenSettings listen,
            SocketSettings sockets,
            RestSettings rest,
            TrustSettings trust,
            List<SiteRoot> sites,
            @Nullable TlsSettings tls) {
        this(listen, sockets, rest, trust, sites, tls, DevelopmentSettings.none(), null);
    }

    /** The same, with this way in over TCP. */
    public HttpServerSettings withTcp(@Nullable TcpSettings wanted) {
        return new HttpServerSettings(listen, sockets, rest, trust, sites, tls, development, wanted);
    }

    /** Loopback only, no page, no TLS, default limits. */
    public static HttpServerSettings onLoopback(int port) {
        return new HttpServerSettings(
                new ListenSettings("127.0.0.1", port),
                SocketSettings.defaults(),
                RestSettings.defaults(),
                TrustSettings.defaults(),
                List.of(),
                null);
    }

    public HttpServerSettings with(DevelopmentSettings forDevelopment) {
        return new HttpServerSettings(listen, sockets, rest, trust, sites, tls, forDevelopment, tcp);
    }

    /** Every setting that is out of range, each with its key, value and what is allowed; empty when all is well. */
    public List<String> mistakes() {
        List<String> found = new ArrayList<>();
        listen.addMistakes(found);
        TcpSettings beside = tcp;
        if (beside != null) {
            beside.addMistakes(found, listen);
        }
        sockets.addMistakes(found);
        rest.addMistakes(found);
        trust.addMistakes(found);
        for (SiteRoot site : sites) {
            site.addMistakes(found);
        }
        RestPaths.apart(found, "server.wsPath", sockets.path(), "server.restPrefix", rest.prefix());
        RestPaths.apart(
                found,
                "server.wsPath",
                sockets.path(),
                "server.adminPrefix",
                rest.paths().admin());
        RestPaths.apart(
                found,
                "server.wsPath",
                sockets.path(),
                "server.metricsPath",
                rest.paths().metrics());
        return found;
    }
}
