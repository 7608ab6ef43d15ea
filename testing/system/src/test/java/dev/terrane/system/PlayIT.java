package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.LeaveReason;
import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.BotReport;
import dev.terrane.sdk.bots.Scenario;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayIT {
    @TempDir
    static Path data;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fliesAcrossBordersWithTheSocketOpen() {
        try (Player pilot = Player.join(server, "Border pilot")) {
            int welcomes = pilot.welcomes;
            // There and back again: the sector is four regions wide, so one of the directions crosses at least one
            // border.
            pilot.wish(new Input(1, 0, 0, 2, 0));
            pilot.until("crossed a border", () -> {
                Player.Seen self = pilot.inView.get(pilot.avatar);
                if (self != null && self.x() > 1400) {
                    pilot.wish(new Input(-1, 0, 0, 2, 0));
                }
                return pilot.cells.stream().distinct().count() >= 3;
            });

            assertThat(pilot.losses).isZero();
            assertThat(pilot.welcomes).isEqualTo(welcomes);
            assertThat(pilot.errors).isEmpty();
            assertThat(pilot.acks).isSorted();
        }
    }

    @Test
    void seesOthersComeAndGo() {
        try (Player ada = Player.join(server, "Ada")) {
            Player bob = Player.join(server, "Bob");
            long bobsShip = bob.avatar;
            ada.flyTo(bob);
            ada.until("Ada sees Bob by his name", () -> {
                Player.Seen seen = ada.inView.get(bobsShip); // drones may shoot him meanwhile
                return seen != null && seen.name().equals("Bob");
            });

            bob.close();
            // The ship lingers for a while, then it is logged out: gone for good.
            ada.until("Bob's ship is gone", () -> ada.departed.containsKey(bobsShip));
            assertThat(ada.departed.get(bobsShip)).isIn(LeaveReason.DESPAWNED, LeaveReason.LEFT_VIEW);
        }
    }

    @Test
    void returnsToTheSameShipWithTheSameToken() throws Exception {
        String token = guestToken();
        ClientOptions options = ClientOptions.guest(server.socket(), "Cleo").withToken(token);
        long ship;
        try (Player first = Player.join(options)) {
            ship = first.avatar;
        }
        try (Player second = Player.join(options)) {
            assertThat(second.avatar).isEqualTo(ship);
        }
    }

    @Test
    void replacesTheOlderOfTwoSessionsOfOneCharacter() throws Exception {
        ClientOptions options = ClientOptions.guest(server.socket(), "Dora").withToken(guestToken());
        try (Player first = Player.join(options);
                Player second = Player.join(options)) {
            first.until("the first is replaced", () -> first.closes > 0);
            assertThat(second.avatar).isEqualTo(first.avatar);
            assertThat(second.closes).isZero();
        }
    }

    @Test
    void carriesTwentyFightersWithoutAnError() throws InterruptedException {
        BotReport report = new BotFleet(BotOptions.of(server.socket(), 20, Duration.ofSeconds(5), Scenario.FIGHT))
                .run(progress -> {});

        assertThat(report.clientsJoined()).isEqualTo(20);
        assertThat(report.errorsByKind()).isEmpty();
        assertThat(report.rates().snapshots()).isPositive();
    }

    @Test
    void tellsAboutItself() {
        assertThat(server.get("/api/v1/server/info")).contains("\"0.1.0\"").contains("skirmish");
        assertThat(server.get("/api/v1/worlds")).contains("\"name\":\"skirmish\"");
        assertThat(server.get("/api/v1/worlds/skirmish/rule.wasm")).contains("\0asm", "terrane.rule");
        assertThat(server.get("/api/v1/worlds/skirmish/schema")).contains("\"game\":\"skirmish\"", "cmd.trade.accept");
        assertThat(server.get("/api/v1/openapi.json")).contains("/guest", "/worlds/{world}/schema");
        assertThat(server.get("/healthz")).isNotBlank();
        assertThat(server.get("/readyz")).isNotBlank();
        assertThat(server.get("/")).contains("<html");
        assertThat(server.metric("cell_entities")).isGreaterThan(100);
        assertThat(server.metric("worker_tick_count")).isPositive();
    }

    @Test
    void givesTheTypesThatThePageWasMadeWith() throws Exception {
        Process generate = ServerProcess.terrane(
                "generate",
                "ts",
                "--world",
                server.http("/").toString(),
                "--out",
                "../../games/skirmish/page/src/net/skirmishGame.ts",
                "--check");
        String said = new String(generate.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(generate.waitFor()).as(said).isZero();
    }

    private static String guestToken() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI guest = server.http("/api/v1/guest");
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(guest)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
            assertThat(token.find()).as(answer.body()).isTrue();
            return token.group(1);
        }
    }
}
