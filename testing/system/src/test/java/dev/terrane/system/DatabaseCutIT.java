package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is out of reach for a while: play goes on, commands wait and are then refused with a time to try again, and everything recovers without hands. */
class DatabaseCutIT {
    private static final String VOTE =
            "{\"a\":0,\"b\":0,\"candidate\":\"character:00000000-0000-0000-0000-000000000001\"}";
    private static final int TICKS_PER_SECOND = 20;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void playsOnAndAnswersEveryCommandInTheEnd() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"));
                CutWire wire = new CutWire(portOf(postgres.address()));
                ServerProcess server = start(through(wire, postgres.address()))) {
            String token = RawClient.guestToken(server);
            try (Player ada = Player.join(
                    ClientOptions.guest(server.socket(), "Ada", http).withToken(token))) {
                assertThat(vote(ada, "before").get(60, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Refused.class);

                wire.cut();
                CompletableFuture<CommandAnswer> during = vote(ada, "during");
                int tick = ada.lastTick;
                HttpResponse<String> busy = post(server, token, "by-http");
                assertThat(busy.statusCode()).as(busy.body()).isEqualTo(503);
                assertThat(busy.body()).contains("\"busy\"", "retry_after");
                ada.until("the world goes on", () -> ada.lastTick > tick + 5 * TICKS_PER_SECOND);
                assertThat(ada.losses).isZero();
                assertThat(during).isNotDone();

                wire.mend();
                CommandAnswer late = during.get(120, TimeUnit.SECONDS);
                assertThat(((CommandAnswer.Refused) late).errorCode())
                        .as("the game's answer, not the lane's")
                        .isEqualTo("NO_SHARE");
                assertThat(vote(ada, "after").get(60, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Refused.class);
                double stored = server.metric("checkpoints_stored_total");
                ada.until("checkpoints catch up", () -> server.metric("checkpoints_stored_total") > stored);
                assertThat(ada.losses).isZero();
            }
        }
    }

    private ServerProcess start(DatabaseAddress address) {
        return ServerProcess.start(
                folder.resolve("data"),
                "--database-url",
                address.jdbcUrl(),
                "--set",
                "database.user=" + address.user(),
                "--set",
                "database.password=" + address.password(),
                "--set",
                "commands.storeAwayMs=1000",
                "--set",
                "checkpoint.interval=1");
    }

    private static CompletableFuture<CommandAnswer> vote(Player player, String requestId) {
        return player.client().command("cmd.hex.vote", 1, requestId, VOTE.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(ServerProcess server, String token, String requestId) throws Exception {
        String body = "{\"type\":\"cmd.hex.vote\",\"requestId\":\"%s\",\"payload\":%s}".formatted(requestId, VOTE);
        return http.send(
                HttpRequest.newBuilder(server.http("/api/v1/commands"))
                        .header("Authorization", "Bearer " + token)
                        .header("Prefer", "wait=20")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int portOf(DatabaseAddress address) {
        return URI.create(address.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static DatabaseAddress through(CutWire wire, DatabaseAddress address) {
        String url = address.jdbcUrl().replace(":" + portOf(address), ":" + wire.port());
        return new DatabaseAddress(url, address.user(), address.password());
    }
}
