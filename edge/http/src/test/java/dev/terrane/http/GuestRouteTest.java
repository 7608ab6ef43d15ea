package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestRouteTest {
    private static final Duration REFRESH = Duration.ofMillis(4 * TestDoor.TOKEN_MILLIS);

    @Test
    void exchangesTokenForNewOneOfTheSameCharacter() throws InterruptedException {
        try (TestDoor door = door(true, REFRESH)) {
            JsonObject first = new JsonObject(
                    door.post("/api/v1/guest", "{\"name\":\"Ada\"}").body());
            JsonObject second =
                    new JsonObject(exchange(door, first.getString("token")).body());
            assertThat(second.getString("character")).isEqualTo(first.getString("character"));
            assertThat(second.getString("token")).isNotEqualTo(first.getString("token"));
            TestSocket socket = door.connect("/ws?token=" + second.getString("token"));
            socket.send(new byte[] {1});
            assertThat(socket.next()).containsExactly(1);
        }
    }

    @Test
    void exchangesExpiredTokenOnlyWithinTheTimeForIt() {
        try (TestDoor door = door(true, REFRESH)) {
            assertThat(exchange(door, door.guestToken(2 * TestDoor.TOKEN_MILLIS))
                            .statusCode())
                    .isEqualTo(200);
            expect(exchange(door, door.guestToken(6 * TestDoor.TOKEN_MILLIS)), 401, "token_expired");
        }
    }

    @Test
    void exchangesNoTokenThatIsNotAGuests() {
        try (TestDoor door = door(true, REFRESH)) {
            expect(exchange(door, door.expiredToken()), 401, "invalid_token");
            expect(exchange(door, "a.b.c"), 401, "invalid_token");
        }
    }

    @Test
    void givesNothingToGuestsWhenTheyAreSwitchedOff() {
        try (TestDoor door = door(false, REFRESH)) {
            expect(door.post("/api/v1/guest", "{}"), 403, "guests_disabled");
            expect(exchange(door, door.token()), 403, "guests_disabled");
        }
    }

    @Test
    void servesMetricsAndNoAdminWhereItIsTold() {
        HttpServerSettings settings =
                settings(new RestPaths("/rest", "/internal/numbers", "/operator"), GuestSettings.defaults());
        try (TestDoor door = TestDoor.open(settings)) {
            assertThat(door.get("/internal/numbers").body()).contains("cell_ticks_total");
            expect(door.get("/metrics"), 404, "not_found");
            assertThat(door.get("/operator/x").body()).contains("no admin routes");
            JsonObject paths = new JsonObject(door.get("/rest/openapi.json").body()).getJsonObject("paths");
            assertThat(paths.fieldNames()).contains("/internal/numbers").doesNotContain("/metrics");
        }
    }

    private static TestDoor door(boolean open, Duration refreshTtl) {
        return TestDoor.open(settings(RestPaths.defaults(), new GuestSettings(open, refreshTtl, 60, 60)));
    }

    private static HttpServerSettings settings(RestPaths paths, GuestSettings guests) {
        return new HttpServerSettings(
                new ListenSettings("127.0.0.1", 0),
                SocketSettings.defaults(),
                new RestSettings(paths, 1024, 100, 60, guests),
                TrustSettings.defaults(),
                List.of(),
                null);
    }

    private static HttpResponse<String> exchange(TestDoor door, String token) {
        return door.post("/api/v1/guest", "", "Authorization", "Bearer " + token);
    }

    private static void expect(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("error_code")).isEqualTo(code);
    }
}
