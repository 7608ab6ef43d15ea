package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestRouterTest {
    private final TestDoor door = TestDoor.open(new HttpServerSettings(
            new ListenSettings("127.0.0.1", 0),
            SocketSettings.defaults(),
            new RestSettings(RestPaths.defaults(), 1024, 100, 60, new GuestSettings(true, Duration.ofHours(1), 60, 3)),
            new TrustSettings(List.of("https://play.example.org"), true, List.of("127.0.0.1")),
            List.of(),
            null));

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void saysWhatTheServerIs() {
        HttpResponse<String> answer = door.get("/api/v1/server/info");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(answer.body()).getMap())
                .containsEntry("version", "0.1.0")
                .containsEntry("protocol", "1.0")
                .containsEntry("env", "dev")
                .containsEntry("simulation_hz", 20)
                .containsEntry("snapshot_hz", 20)
                .containsEntry("worlds", List.of("skirmish"));
    }

    @Test
    void listsWorlds() {
        JsonObject world = new JsonObject(door.get("/api/v1/worlds").body())
                .getJsonArray("worlds")
                .getJsonObject(0);
        assertThat(world.getString("name")).isEqualTo("skirmish");
        assertThat(world.getInteger("players")).isEqualTo(3);
        assertThat(world.getInteger("cells")).isEqualTo(16);
        assertThat(world.getInteger("entities")).isEqualTo(500);
        assertThat(world.getString("degradation")).isEqualTo("far_rings");
        assertThat(world.getDouble("dilation")).isEqualTo(0.5);
    }

    @Test
    void givesTheMovementRuleOnceToWhoeverKeepsIt() {
        HttpResponse<String> first = door.get("/api/v1/worlds/skirmish/rule.wasm");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-type")).contains("application/wasm");
        assertThat(first.body()).isEqualTo("\0asm");
        String etag = first.headers().firstValue("etag").orElseThrow();
        assertThat(door.get("/api/v1/worlds/skirmish/rule.wasm", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
        expect(door.get("/api/v1/worlds/elsewhere/rule.wasm"), 404, "not_found");
    }

    @Test
    void givesTheTypesOfAWorldOnceToWhoeverKeepsThem() {
        HttpResponse<String> first = door.get("/api/v1/worlds/skirmish/schema");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("content-type")).contains("application/json");
        assertThat(first.body()).isEqualTo("{\"format\":1}");
        String etag = first.headers().firstValue("etag").orElseThrow();
        assertThat(door.get("/api/v1/worlds/skirmish/schema", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
        expect(door.get("/api/v1/worlds/elsewhere/schema"), 404, "not_found");
    }

    @Test
    void listsCellsOfOneWorld() {
        assertThat(new JsonObject(door.get("/api/v1/worlds/skirmish/cells").body())
                        .getJsonArray("cells")
                        .getJsonObject(0)
                        .getMap())
                .containsEntry("region", "0,-1")
                .containsEntry("layer", 1)
                .containsEntry("worker", "world-skirmish-0")
                .containsEntry("players", 2)
                .containsEntry("entities", 40)
                .containsEntry("crowded", true)
                .containsEntry("tick", 7)
                .containsEntry("tick_micros", 900)
                .containsEntry("tick_p99_micros", 1_500);
        expect(door.get("/api/v1/worlds/nowhere/cells"), 404, "not_found");
    }

    @Test
    void givesGuestTokenThatOpensSocket() throws Exception {
        HttpResponse<String> answer =
                door.post("/api/v1/guest", "{\"name\":\"Ada\"}", "Content-Type", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject guest = new JsonObject(answer.body());
        assertThat(UUID.fromString(guest.getString("character"))).isNotNull();
        assertThat(guest.getString("ws")).isEqualTo("ws://127.0.0.1:" + door.http.port() + "/ws");
        assertThat(guest.getInstant("expiresAt")).isAfter("2026-01-01T00:00:00Z");
        TestSocket socket = door.connect("/ws?token=" + guest.getString("token"));
        socket.send(new byte[] {1});
        assertThat(socket.next()).containsExactly(1);
    }

    @Test
    void namesSecureSocketBehindProxyThatEndsTls() {
        String url = new JsonObject(door.post("/api/v1/guest", "", "X-Forwarded-Proto", "https")
                        .body())
                .getString("ws");
        assertThat(url).startsWith("wss://");
    }

    @Test
    void refusesNameThatCannotBeShown() {
        for (String name : List.of("\"\"", "\" Ada\"", "\"a\\u0007b\"", "\"" + "x".repeat(25) + "\"", "7", "[]")) {
            HttpResponse<String> answer = door.post("/api/v1/guest", "{\"name\":" + name + "}");
            expect(answer, 400, "invalid_name");
        }
    }

    @Test
    void refusesBodyThatIsNoObjectOrTooLarge() {
        for (String body : List.of("{", "[1]", "\"Ada\"", "name=Ada", "{\"name\":\"Ada\"")) {
            expect(door.post("/api/v1/guest", body), 400, "malformed_json");
        }
        expect(door.post("/api/v1/guest", "{\"name\":\"" + "x".repeat(1100) + "\"}"), 413, "body_too_large");
    }

    @Test
    void limitsGuestTokensOfOneAddress() {
        String[] one = {"X-Forwarded-For", "203.0.113.1"};
        for (int guest = 0; guest < 3; guest++) {
            assertThat(door.post("/api/v1/guest", "{}", one).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> fourth = door.post("/api/v1/guest", "{}", one);
        expect(fourth, 429, "rate_limited");
        assertThat(new JsonObject(fourth.body()).getInteger("retry_after")).isEqualTo(1);
        assertThat(fourth.headers().firstValue("retry-after")).contains("1");
        assertThat(door.post("/api/v1/guest", "{}", "X-Forwarded-For", "203.0.113.2")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void limitsRequestsOfOneAddress() {
        String[] one = {"X-Forwarded-For", "203.0.113.9"};
        HttpResponse<String> last = door.get("/api/v1/worlds", one);
        for (int request = 0; request < 2_000 && last.statusCode() == 200; request++) {
            last = door.get("/api/v1/worlds", one);
        }
        expect(last, 429, "rate_limited");
        assertThat(door.get("/healthz", one).statusCode())
                .as("probes are not limited")
                .isEqualTo(200);
    }

    @Test
    void showsMetricsAndHealth() {
        assertThat(door.get("/metrics").body()).isEqualTo("cell_ticks_total 42\n");
        assertThat(door.get("/metrics").headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(new JsonObject(door.get("/healthz").body()).getString("status"))
                .isEqualTo("alive");
        HttpResponse<String> ready = door.get("/readyz");
        expect(ready, 503, "not_ready");
        assertThat(new JsonObject(ready.body()).getString("reason")).contains("skirmish/0,0#0");
    }

    @Test
    void answersUnknownPathsAndMethodsInJson() {
        expect(door.get("/api/v1/nothing"), 404, "not_found");
        expect(door.get("/admin"), 404, "not_found");
        expect(door.get("/admin/cells"), 404, "not_found");
        expect(door.post("/admin/cells", "{}"), 404, "not_found");
        expect(door.get("/"), 404, "not_found");
        expect(door.get("/api/v1/guest"), 405, "method_not_allowed");
        expect(door.post("/api/v1/worlds", "{}"), 405, "method_not_allowed");
    }

    @Test
    void letsListedPagesInByCors() {
        HttpResponse<String> answer = door.get("/api/v1/worlds", "Origin", "https://play.example.org");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("https://play.example.org");
        HttpRequest.Builder preflight = door.request(
                        "/api/v1/guest",
                        "Origin",
                        "https://play.example.org",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> allowed = door.send(preflight);
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("access-control-allow-methods")).contains("GET, POST");
        assertThat(allowed.headers().firstValue("access-control-allow-headers"))
                .contains("authorization, content-type");
    }

    @Test
    void refusesForeignPagesButNotItsOwn() {
        expect(door.post("/api/v1/guest", "{}", "Origin", "https://evil.example"), 403, "forbidden_origin");
        assertThat(door.post("/api/v1/guest", "{}", "Origin", "http://127.0.0.1:" + door.http.port())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void putsSecurityHeadersOnEveryAnswer() {
        for (String path : List.of("/api/v1/worlds", "/nothing", "/metrics")) {
            HttpResponse<String> answer = door.get(path);
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .contains("default-src 'none'; frame-ancestors 'none'");
        }
    }

    private static void expect(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getString("error_code")).isEqualTo(code);
        assertThat(body.getString("reason")).isNotBlank();
    }
}
