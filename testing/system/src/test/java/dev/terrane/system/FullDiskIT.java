package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the server's database and of its flight recorder is full, so full that PostgreSQL panics and cannot even recover. Play goes on, commands wait and are
 * then refused; when there is room again, everything goes on by itself, and each command has happened once.
 */
class FullDiskIT {
    private static final int DISK_MEBIBYTES = 240;
    private static final int PURSE = 100;
    private static final int TRANSFERS = 10;
    private static final int TICKS_PER_SECOND = 20;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void playsOnAndGoesOnByItselfWhenThereIsRoomAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), DISK_MEBIBYTES);
                ServerProcess server = start(disk)) {
            DatabaseAddress address = LocalPostgres.running(disk.folder()).orElseThrow();
            Purse from = Purse.of(RawClient.guestToken(server));
            Purse to = Purse.of(RawClient.guestToken(server));
            from.fill(address, PURSE);
            to.fill(address, PURSE);
            try (Player ada = Player.join(
                    ClientOptions.guest(server.socket(), "Ada", http).withToken(from.token()))) {
                ada.until("she is paid", () -> from.credits(server, http) == PURSE);
                ada.until("so is he", () -> to.credits(server, http) == PURSE);
                assertThat(post(server, from, to, "before").statusCode()).isEqualTo(200);

                exhaust(disk, server, address, ada);
                List<CompletableFuture<CommandAnswer>> during = new ArrayList<>();
                for (int i = 0; i < TRANSFERS; i++) {
                    during.add(transfer(ada, to, from, "during-" + i));
                }
                HttpResponse<String> busy = post(server, from, to, "by-http");
                assertThat(busy.statusCode()).as(busy.body()).isEqualTo(503);
                assertThat(busy.body()).contains("\"busy\"", "retry_after");
                int tick = ada.lastTick;
                int ack = ada.acks.getLast();
                ada.until("the world goes on", () -> ada.lastTick > tick + 3 * TICKS_PER_SECOND);
                assertThat(ada.acks.getLast()).as("her inputs are taken").isGreaterThan(ack);
                assertThat(ada.losses).isZero();
                assertThat(during).noneMatch(CompletableFuture::isDone);

                double stored = server.metric("checkpoints_stored_total");
                disk.free();
                for (CompletableFuture<CommandAnswer> each : during) {
                    assertThat(each.get(120, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Done.class);
                }
                for (int i = 0; i < 2; i++) {
                    HttpResponse<String> again = post(server, from, to, "by-http");
                    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
                }
                assertThat(from.credits(server, http)).isEqualTo(PURSE - TRANSFERS - 2);
                assertThat(to.credits(server, http)).isEqualTo(PURSE + TRANSFERS + 2);
                ada.until("checkpoints catch up", () -> server.metric("checkpoints_stored_total") > stored);
                ada.until("it is recorded again", () -> server.metric("recorder_paused_cells") == 0);
                assertThat(server.metric("local_database_restarts")).isPositive();
                assertThat(ada.losses).isZero();
            }
            assertThat(server.output().split("recording pauses", -1))
                    .as("one warning, not one per cell and try")
                    .hasSize(2);
        }
    }

    /** No room is left, and the database notices: it wants to go on to the next file of its log. */
    private static void exhaust(SmallDisk disk, ServerProcess server, DatabaseAddress address, Player ada)
            throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            disk.fill();
            ada.until("nothing is recorded", () -> server.metric("recorder_paused_cells") > 0);
            for (boolean alive = true; alive; ) {
                alive = wantsMoreLog(statement);
            }
        }
        ada.until("the database has ended", () -> server.output().contains("the database has ended by itself"));
    }

    /** False when the database is gone. */
    private static boolean wantsMoreLog(Statement statement) throws SQLException {
        try {
            statement.execute("SELECT pg_logical_emit_message(true, 'test', 'test'), pg_switch_wal()");
            return true;
        } catch (SQLException refused) {
            return statement.getConnection().isValid(5);
        }
    }

    private static ServerProcess start(SmallDisk disk) {
        return ServerProcess.start(
                disk.folder(),
                "--set",
                "world.partition=strip;count=2;width=256;depth=512",
                "--set",
                "commands.storeAwayMs=1000",
                "--set",
                "checkpoint.interval=1",
                "--set",
                "recorder.baseTicks=40");
    }

    private static String payload(Purse from, Purse to) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(from.wallet(), to.wallet());
    }

    private static CompletableFuture<CommandAnswer> transfer(Player player, Purse to, Purse from, String requestId) {
        return player.client()
                .command("cmd.economy.transfer", 1, requestId, payload(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(ServerProcess server, Purse from, Purse to, String requestId) throws Exception {
        String body = "{\"type\":\"cmd.economy.transfer\",\"requestId\":\"%s\",\"payload\":%s}"
                .formatted(requestId, payload(from, to));
        return http.send(
                HttpRequest.newBuilder(server.http("/api/v1/commands"))
                        .header("Authorization", "Bearer " + from.token())
                        .header("Prefer", "wait=20")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
