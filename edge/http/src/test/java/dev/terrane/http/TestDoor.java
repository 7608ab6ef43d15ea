package dev.terrane.http;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.SharedBytes;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A real door on a free port of the loopback, with scripted gateways behind it. */
final class TestDoor implements AutoCloseable {
    static final long TOKEN_MILLIS = 60_000;

    final List<ScriptedGateway> gateways = new ArrayList<>();
    final RunningHttp http;
    final HttpPorts ports;
    final HttpClient client = HttpClient.newBuilder().build();
    private final JwtIssuer issuer;

    private TestDoor(HttpServerSettings settings, GatewayHouse house, ConnectionLimits limits) {
        this(settings, house, limits, RestCommands.none(), ApiRoutes.none());
    }

    private TestDoor(
            HttpServerSettings settings,
            GatewayHouse house,
            ConnectionLimits limits,
            RestCommands commands,
            ApiRoutes added) {
        JwtSettings jwt = new JwtSettings(
                JwtSecret.of("0123456789abcdef0123456789abcdef"),
                "terrane",
                Duration.ofMillis(TOKEN_MILLIS),
                Duration.ZERO);
        issuer = new JwtIssuer(jwt);
        DoorKeys keys = new DoorKeys(new JwtVerifier(jwt), issuer, limits);
        ports = new HttpPorts(house, keys, new FixedReport(), Clock.system(), Meters.none()).with(commands, added);
        http = HttpDoor.start(settings, ports);
    }

    static TestDoor open(HttpServerSettings settings) {
        return open(settings, 1, new ConnectionLimits(100, 100));
    }

    static TestDoor open(HttpServerSettings settings, int gatewayCount, ConnectionLimits limits) {
        List<ScriptedGateway> scripted = new ArrayList<>();
        TestDoor door = new TestDoor(settings, new ScriptedHouse(gatewayCount, scripted), limits);
        door.gateways.addAll(scripted);
        return door;
    }

    /** With more operations of REST. */
    static TestDoor open(RestCommands commands, ApiRoutes added) {
        return new TestDoor(
                settings(), new ScriptedHouse(1, new ArrayList<>()), new ConnectionLimits(100, 100), commands, added);
    }

    /** With gateways of the caller's. */
    static TestDoor open(GatewayHouse house) {
        return open(settings(), house);
    }

    static TestDoor open(HttpServerSettings settings, GatewayHouse house) {
        return new TestDoor(settings, house, new ConnectionLimits(100, 100));
    }

    static HttpServerSettings settings() {
        return HttpServerSettings.onLoopback(0);
    }

    ClientAddresses addresses() {
        return new ClientAddresses(TrustSettings.defaults());
    }

    ScriptedGateway gateway() {
        return gateways.getFirst();
    }

    String token() {
        return issuer.issueGuest("Ada", System.currentTimeMillis()).token();
    }

    /** A guest's token that was issued some time ago. */
    String guestToken(long ageMillis) {
        return issuer.issueGuest("Ada", System.currentTimeMillis() - ageMillis).token();
    }

    /** Of one character. */
    String tokenOf(CharacterId character) {
        return issuer.issue(character, "", System.currentTimeMillis()).token();
    }

    String expiredToken() {
        return issuer.issue(new CharacterId(new UUID(1, 2)), "", System.currentTimeMillis() - 2 * TOKEN_MILLIS)
                .token();
    }

    URI ws(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + http.port() + pathAndQuery);
    }

    /** Connects with a good token. */
    TestSocket connect() {
        return connect("/ws?token=" + token());
    }

    TestSocket connect(String pathAndQuery, String... headers) {
        return tryConnect(pathAndQuery, headers).join();
    }

    CompletableFuture<TestSocket> tryConnect(String pathAndQuery, String... headers) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int at = 0; at < headers.length; at += 2) {
            builder.header(headers[at], headers[at + 1]);
        }
        TestSocket socket = new TestSocket();
        return builder.buildAsync(ws(pathAndQuery), socket).thenApply(socket::with);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
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
        client.shutdownNow();
        http.close(Duration.ofMillis(500));
    }

    private record ScriptedHouse(int gatewayCount, List<ScriptedGateway> built) implements GatewayHouse {
        @Override
        public Gateway build(int number, Runnable wake, SharedBytes.Maker bodies) {
            ScriptedGateway gateway = new ScriptedGateway(wake, bodies);
            built.add(gateway);
            return gateway;
        }
    }

    private static final class FixedReport implements ServerReport {
        @Override
        public ServerFacts facts() {
            return new ServerFacts("0.1.0", "1.0", "dev", 20, 20, List.of("skirmish"));
        }

        @Override
        public List<WorldStatus> worlds() {
            return List.of(new WorldStatus(
                    "skirmish", "hex 4 x 4, radius 256 m", 3, 16, 500, new PaceStatus("far_rings", 0.5)));
        }

        @Override
        public Optional<List<CellStatus>> cells(String world) {
            CellStatus second =
                    new CellStatus("0,-1", 1, "world-skirmish-0", 2, 40, true, new TickStatus(7, 900, 1_500));
            return world.equals("skirmish") ? Optional.of(List.of(second)) : Optional.empty();
        }

        @Override
        public Optional<byte[]> movementRule(String world) {
            return world.equals("skirmish") ? Optional.of(new byte[] {0, 'a', 's', 'm'}) : Optional.empty();
        }

        @Override
        public Optional<byte[]> types(String world) {
            return world.equals("skirmish")
                    ? Optional.of("{\"format\":1}".getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }

        @Override
        public String metricsText() {
            return "cell_ticks_total 42\n";
        }

        @Override
        public Readiness readiness() {
            return new Readiness(false, "cell skirmish/0,0#0 does not tick yet");
        }
    }
}
