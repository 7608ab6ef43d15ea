package dev.terrane.server.coordinator;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.http.ApiRoutes;
import dev.terrane.http.DoorKeys;
import dev.terrane.http.GatewayHouse;
import dev.terrane.http.HttpDoor;
import dev.terrane.http.HttpPorts;
import dev.terrane.http.HttpServerSettings;
import dev.terrane.http.RestCommands;
import dev.terrane.http.RunningHttp;
import dev.terrane.http.ServerReport;
import dev.terrane.jwt.AdminVerifier;
import dev.terrane.jwt.JwtIssuer;
import dev.terrane.jwt.JwtSecret;
import dev.terrane.jwt.JwtSettings;
import dev.terrane.jwt.JwtVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The door of a coordinator that has no players. */
final class AdminDoor implements AutoCloseable {
    /** Each waits for a leader itself. */
    private static final int TRIES_MAX = 20;

    private final JwtSettings jwt = new JwtSettings(
            JwtSecret.of("0123456789abcdef0123456789abcdef"), "terrane", Duration.ofMinutes(10), Duration.ZERO);
    private final JwtIssuer issuer = new JwtIssuer(jwt);
    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningHttp http;

    AdminDoor(CoordinatorRole role) {
        this(role, true);
    }

    AdminDoor(CoordinatorRole role, boolean allowsOverrides) {
        AdminApi api = new AdminApi(role, new AdminGate(new AdminVerifier(jwt), Clock.system()), allowsOverrides);
        http = open(jwt, api.routes());
    }

    /** A door with these routes beside its own, and no gateways. */
    static RunningHttp open(JwtSettings jwt, ApiRoutes routes) {
        DoorKeys keys = new DoorKeys(new JwtVerifier(jwt), new JwtIssuer(jwt), new ConnectionLimits(10, 10));
        HttpPorts ports = new HttpPorts(new NoGateways(), keys, new NoReport(), Clock.system(), Meters.none());
        return HttpDoor.start(HttpServerSettings.onLoopback(0), ports.with(RestCommands.none(), routes));
    }

    String admin() {
        return issuer.issueAdmin("ann", Clock.system().epochMillis());
    }

    String viewer() {
        return issuer.issueViewer("bob", Clock.system().epochMillis());
    }

    HttpResponse<String> postAs(String token, String path, String body) {
        return send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String player() {
        return issuer.issueGuest("Bob", Clock.system().epochMillis()).token();
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path, token).GET());
    }

    /** What was answered; "not now" is asked again, as long as nobody leads. */
    HttpResponse<String> post(String path, String body) {
        for (int tries = 1; ; tries++) {
            HttpResponse<String> answer = send(request(path, admin()).POST(HttpRequest.BodyPublishers.ofString(body)));
            if (answer.statusCode() != 503 || tries == TRIES_MAX) {
                return answer;
            }
        }
    }

    int socketStatus() {
        try {
            client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + http.port() + "/ws"), new WebSocket.Listener() {})
                    .join();
            return 101;
        } catch (CompletionException refused) {
            return refused.getCause() instanceof WebSocketHandshakeException no
                    ? no.getResponse().statusCode()
                    : -1;
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/api/v1" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        client.close();
    }

    private static final class NoGateways implements GatewayHouse {
        @Override
        public int gatewayCount() {
            return 0;
        }

        @Override
        public Gateway build(int number, Runnable wake, SharedBytes.Maker bodies) {
            throw new IllegalStateException("there are none");
        }
    }

    private static final class NoReport implements ServerReport {
        @Override
        public ServerFacts facts() {
            return new ServerFacts("test", "1.0", "dev", 20, 10, List.of());
        }

        @Override
        public List<WorldStatus> worlds() {
            return List.of();
        }

        @Override
        public Optional<List<CellStatus>> cells(String world) {
            return Optional.empty();
        }

        @Override
        public String metricsText() {
            return "";
        }

        @Override
        public Readiness readiness() {
            return new Readiness(true, "");
        }
    }
}
