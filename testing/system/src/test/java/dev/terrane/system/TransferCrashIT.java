package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyCommands.Issue;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import dev.terrane.sdk.ReconnectPolicy;
import dev.terrane.sdk.TerraneClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Players who pay one another, all at once, while the server is killed again and again. Each knows what it was told; in the end every wallet holds exactly what
 * those answers say: nothing acknowledged is lost, nothing is spent twice, and the sum is what it was.
 */
class TransferCrashIT {
    private static final ReconnectPolicy PATIENT = new ReconnectPolicy(50, 500, 100_000);
    private static final Pattern CREDITS =
            Pattern.compile("/credit\",\"currency\":\"credit\",\"decimals\":0,\"available\":(\\d+),\"held\":(\\d+)");
    private static final int PLAYER_COUNT = 16;
    private static final int TRANSFERS_EACH = 125;
    private static final int PURSE = 300;
    private static final int AMOUNT_MAX = 60;
    private static final int KILL_COUNT = 3;
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("transfers.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Payer> payers = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();

    /** A player with a purse. */
    private record Payer(String token, String wallet, TerraneClient client) {}

    private record Transfer(int from, int to, int amount, CompletableFuture<CommandAnswer> told) {}

    @Test
    void losesNoAcknowledgedTransferAndSpendsNothingTwice() throws Exception {
        System.out.println("TransferCrashIT: -Dtransfers.seed=" + seed);
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            DatabaseAddress address = postgres.address();
            ServerProcess server = start(0, address);
            int port = server.port();
            try {
                for (int i = 0; i < PLAYER_COUNT; i++) {
                    payers.add(join(server));
                }
                issue(address);
                for (Payer payer : payers) {
                    awaitCredits(server, payer, PURSE);
                }
                askForAll();
                for (int kill = 1; kill <= KILL_COUNT; kill++) {
                    // So many have been answered; others are in the lane, on the wire, or not sent yet.
                    int answered = transfers.size() * kill / (KILL_COUNT + 1) + random.nextInt(PLAYER_COUNT);
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> answeredCount() >= answered);
                    server.kill();
                    server = start(port, address);
                }
                check(server);
            } finally {
                payers.forEach(payer -> payer.client.close());
                server.close();
            }
        }
    }

    private ServerProcess start(int port, DatabaseAddress address) {
        return ServerProcess.startOn(
                port,
                folder.resolve("data"),
                "--database-url",
                address.jdbcUrl(),
                "--set",
                "database.user=" + address.user(),
                "--set",
                "database.password=" + address.password());
    }

    private Payer join(ServerProcess server) {
        String token = RawClient.guestToken(server);
        TerraneClient client = TerraneClient.connect(
                ClientOptions.guest(server.socket(), "Payer", http)
                        .withToken(token)
                        .withReconnect(PATIENT),
                new ClientListener() {});
        return new Payer(token, walletOf(token), client);
    }

    private void askForAll() {
        for (int i = 0; i < TRANSFERS_EACH; i++) {
            for (int from = 0; from < PLAYER_COUNT; from++) {
                int to = (from + 1 + random.nextInt(PLAYER_COUNT - 1)) % PLAYER_COUNT;
                int amount = 1 + random.nextInt(AMOUNT_MAX);
                String payload = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}"
                        .formatted(payers.get(from).wallet, payers.get(to).wallet, amount);
                CompletableFuture<CommandAnswer> told = payers.get(from)
                        .client
                        .command("cmd.economy.transfer", 1, "t-" + i, payload.getBytes(StandardCharsets.UTF_8));
                transfers.add(new Transfer(from, to, amount, told));
            }
        }
    }

    private long answeredCount() {
        return transfers.stream().filter(transfer -> transfer.told.isDone()).count();
    }

    private void check(ServerProcess server) throws Exception {
        long[] expected = new long[PLAYER_COUNT];
        Arrays.fill(expected, PURSE);
        int doneCount = 0;
        for (Transfer transfer : transfers) {
            CommandAnswer answer = transfer.told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer instanceof CommandAnswer.Refused refused) {
                assertThat(refused.errorCode()).isEqualTo("INSUFFICIENT_FUNDS");
            } else {
                doneCount++;
                expected[transfer.from] -= transfer.amount;
                expected[transfer.to] += transfer.amount;
            }
        }
        System.out.println("TransferCrashIT: " + doneCount + " of " + transfers.size() + " transfers were done");
        assertThat(doneCount).isBetween(transfers.size() / 4, transfers.size());
        for (int i = 0; i < PLAYER_COUNT; i++) {
            assertThat(credits(server, payers.get(i)))
                    .as("payer %d, seed %d", i, seed)
                    .isEqualTo(expected[i]);
        }
    }

    private void awaitCredits(ServerProcess server, Payer payer, long credits) {
        Awaitility.await("the purse is filled")
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> credits(server, payer) == credits);
    }

    /** What is free to be spent; -1 without a wallet. */
    private long credits(ServerProcess server, Payer payer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.http("/api/v1/wallets"))
                .header("Authorization", "Bearer " + payer.token)
                .build();
        Matcher found = CREDITS.matcher(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** As an operator with a database client could. */
    private void issue(DatabaseAddress address) {
        try (PostgresStore store = PostgresStore.open(address)) {
            List<CommandEnvelope> all = payers.stream()
                    .map(payer -> {
                        Issue issue = new Issue(payer.wallet, PURSE, "test");
                        return new CommandEnvelope(
                                EconomyCommands.ISSUE.name(),
                                EconomyCommands.ISSUE.version(),
                                EconomyCommands.ISSUE.keyRule().keyOf(issue, "admin:test"),
                                new CommandEnvelope.Origin("admin:test", "issue-" + payer.wallet.substring(10, 46)),
                                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                                new JsonPayloads().encode(issue));
                    })
                    .toList();
            new PostgresLaneStore(store.database(), 16, 1_000).append("economy", all);
        }
    }

    private static String walletOf(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        Matcher subject = Pattern.compile("\"sub\"\\s*:\\s*\"([0-9a-f-]{36})\"").matcher(claims);
        assertThat(subject.find()).as(claims).isTrue();
        return "character:" + subject.group(1) + "/credit";
    }
}
