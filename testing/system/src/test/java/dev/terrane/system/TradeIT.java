package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.CommandAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money and goods through all hands: the player's, the trade's, the economy's, the cell's; and a server that is killed amidst it all. */
class TradeIT {
    private static final Pattern CREDITS =
            Pattern.compile("/credit\",\"currency\":\"credit\",\"decimals\":0,\"available\":(\\d+),\"held\":(\\d+)");
    private static final int PURSE = 100;
    private static final int TRADES = 30;
    private static final int PRICE = 5;
    /** Of what another pays into her hex, its owner gets a fifth. */
    private static final int DIVIDEND = PRICE / 5;

    private static final int GUEST_TRADES = PURSE / PRICE;
    private static final int LAST = 2 * PRICE;
    /** More than the guest ever pays. */
    private static final int MAJORITY = 2 * PURSE;

    private static final Pattern DIVIDENDS = Pattern.compile("dividend of region:0,0");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static Player join(ServerProcess server, String token) {
        return Player.join(ClientOptions.guest(server.socket(), "Ada").withToken(token));
    }

    private static CompletableFuture<CommandAnswer> invest(Player player, String request) {
        return invest(player, request, PRICE);
    }

    private static CompletableFuture<CommandAnswer> invest(Player player, String request, int credits) {
        String payload = "{\"offer\":\"hex\",\"quantity\":%d,\"target\":\"region:0,0\"}".formatted(credits);
        return player.client().command("cmd.trade.accept", 1, request, payload.getBytes(StandardCharsets.UTF_8));
    }

    private String get(ServerProcess server, String token, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.http("/api/v1" + path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Available and held. */
    private long[] credits(ServerProcess server, String token) {
        Matcher found = CREDITS.matcher(get(server, token, "/wallets"));
        return found.find() ? new long[] {Long.parseLong(found.group(1)), Long.parseLong(found.group(2))} : new long[2];
    }

    private void awaitOffers(Player player, ServerProcess server, String token) {
        player.until("the offers are up", () -> get(server, token, "/offers").contains("\"id\":\"hex\""));
    }

    private static void issue(DatabaseAddress address, String wallet, long amount) {
        append(address, "economy", EconomyCommands.ISSUE, new EconomyCommands.Issue(wallet, amount, "test"));
    }

    /** As an operator with a database client could. */
    private static <P extends Record> void append(
            DatabaseAddress address, String lane, CommandType<P> type, P payload) {
        try (PostgresStore store = PostgresStore.open(address)) {
            new PostgresLaneStore(store.database(), 16, 1_000)
                    .append(
                            lane,
                            List.of(new CommandEnvelope(
                                    type.name(),
                                    type.version(),
                                    type.keyRule().keyOf(payload, "admin:test"),
                                    new CommandEnvelope.Origin("admin:test", "test-" + payload.hashCode()),
                                    new CommandEnvelope.Trace("e", "e", "", "test", 0),
                                    new JsonPayloads().encode(payload))));
        }
    }

    private static String walletOf(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        Matcher subject = Pattern.compile("\"sub\"\\s*:\\s*\"([0-9a-f-]{36})\"").matcher(claims);
        assertThat(subject.find()).as(claims).isTrue();
        return "character:" + subject.group(1) + "/credit";
    }

    @Test
    void refusesWhoeverCannotPayAndSetsNothingAside() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder)) {
            String token = RawClient.guestToken(server);
            Player ada = join(server, token);
            awaitOffers(ada, server, token);
            assertThat(invest(ada, "invest-1").get(60, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Done.class);
            ada.until(
                    "it is over",
                    () -> ada.told("evt.trade.ended", "\"done\":false").count() == 1);
            assertThat(ada.told("evt.trade.ended", "UNKNOWN_WALLET").count()).isEqualTo(1);
            assertThat(credits(server, token)).containsExactly(0, 0);
        }
    }

    @Test
    void letsAnOperatorLookAtDeadLettersWhileItRuns() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            DatabaseAddress address = postgres.address();
            String[] database = {
                "--database-url", address.jdbcUrl(),
                "--set", "database.user=" + address.user(),
                "--set", "database.password=" + address.password()
            };
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), database)) {
                assertThat(dlq(0, database, "list")).contains("no dead letters");
                assertThat(dlq(1, database, "show", "17")).contains("there is no dead letter 17");
                assertThat(dlq(1, database, "retry", "17")).contains("there is no dead letter 17");
                assertThat(server.output()).doesNotContain("ERROR");
            }
        }
    }

    @Test
    void sellsSalvageToTheStation() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"));
                ServerProcess server = ServerProcess.start(folder.resolve("data"), options(postgres.address()))) {
            String token = RawClient.guestToken(server);
            Player ada = join(server, token);
            String cargo = walletOf(token).replace("/credit", "/cargo");
            append(
                    postgres.address(),
                    "inventory",
                    InventoryCommands.GRANT,
                    new InventoryCommands.Grant(cargo, "salvage", 7, "test"));
            append(postgres.address(), "economy", EconomyCommands.OPEN, new EconomyCommands.Open(walletOf(token)));
            ada.until("she has a wallet", () -> get(server, token, "/wallets").contains("\"currency\":\"credit\""));
            ada.until("she has salvage", () -> get(server, token, "/containers").contains("\"amount\":7"));
            ada.until("it is wanted", () -> get(server, token, "/offers").contains("\"id\":\"salvage\""));
            assertThat(ending(ada, 1, 8)).contains("\"done\":false");
            String ending = ending(ada, 2, 7);
            // The offer is another lane's business than the station's wallet and money: at the very beginning it may
            // come first.
            for (int tries = 3; isPenniless(ending) && tries < 100; tries++) {
                ending = ending(ada, tries, 7);
            }
            assertThat(ending).contains("\"done\":true");
            assertThat(credits(server, token)).containsExactly(35, 0);
            assertThat(get(server, token, "/containers")).doesNotContain("salvage\",\"amount");
        }
    }

    private static boolean isPenniless(String ending) {
        return ending.contains("INSUFFICIENT_FUNDS") || ending.contains("UNKNOWN_WALLET");
    }

    /** How the trade, her so-many-th, ended. */
    private static String ending(Player player, int number, int quantity) throws Exception {
        String payload = "{\"offer\":\"salvage\",\"quantity\":%d}".formatted(quantity);
        CommandAnswer.Done begun = (CommandAnswer.Done) player.client()
                .command("cmd.trade.accept", 1, "sell-" + number, payload.getBytes(StandardCharsets.UTF_8))
                .get(60, TimeUnit.SECONDS);
        String trade = new String(begun.payload(), StandardCharsets.UTF_8).split("\"")[3];
        player.until(
                "trade " + number + " is over",
                () -> player.told("evt.trade.ended", trade).findAny().isPresent());
        return player.told("evt.trade.ended", trade).findFirst().orElseThrow();
    }

    @Test
    void runsJobsByScheduleAndOnDemand() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            String[] database = options(postgres.address());
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), database)) {
                assertThat(terrane(0, database, "jobs", "run", "release-holds")).contains("asked for");
                assertThat(terrane(1, database, "jobs", "run", "dance")).contains("there is no job 'dance'");
                Awaitility.await("both ways")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> server.metric("job_runs_total{job=\"release-holds\",outcome=\"done\"}") >= 2);
                assertThat(terrane(0, database, "jobs", "list"))
                        .contains("release-holds", "every 60 s", "done: 0 holds are over", "forget-outcomes");
            }
        }
    }

    @Test
    void paysEachDividendOnceWhenTheServerIsKilledBetweenEventAndEffect() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            DatabaseAddress address = postgres.address();
            String owner;
            String guest;
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), options(address))) {
                owner = RawClient.guestToken(server);
                guest = RawClient.guestToken(server);
                Player ada = join(server, owner);
                awaitOffers(ada, server, owner);
                issue(address, walletOf(owner), MAJORITY);
                issue(address, walletOf(guest), PRICE * GUEST_TRADES + LAST);
                ada.until("both are paid", () -> credits(server, owner)[0] > 0 && credits(server, guest)[0] > 0);
                invest(ada, "own-1", MAJORITY);
                ada.until(
                        "the hex is hers",
                        () -> get(server, owner, "/views/evt.hex.changed")
                                .contains(walletOf(owner).split("/")[0]));
                Player ben = join(server, guest);
                for (int i = 0; i < GUEST_TRADES; i++) {
                    invest(ben, "guest-" + i);
                }
                ada.until("some dividends came", () -> credits(server, owner)[0] >= 2 * DIVIDEND);
                server.kill();
            }
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), options(address))) {
                Player ben = join(server, guest);
                for (int i = 0; i < GUEST_TRADES; i++) {
                    assertThat(invest(ben, "guest-" + i).get(60, TimeUnit.SECONDS))
                            .isInstanceOf(CommandAnswer.Done.class);
                }
                ben.until("all trades are over", () -> {
                    long[] credits = credits(server, guest);
                    return credits[0] == LAST && credits[1] == 0;
                });
                // What concerns one hex keeps its order all the way: behind the last dividend there is no other.
                invest(ben, "last", LAST);
                long all = GUEST_TRADES * DIVIDEND + LAST / PRICE * DIVIDEND;
                ben.until("all dividends came", () -> credits(server, owner)[0] >= all);
                assertThat(dividends(server, owner)).as("one for each payment").isEqualTo(GUEST_TRADES + 1);
                assertThat(credits(server, owner)).containsExactly(all, 0);
            }
        }
    }

    private long dividends(ServerProcess server, String token) {
        return DIVIDENDS
                .matcher(get(server, token, "/wallets/credit/history"))
                .results()
                .count();
    }

    private static String[] options(DatabaseAddress address) {
        return new String[] {
            "--database-url", address.jdbcUrl(),
            "--set", "database.user=" + address.user(),
            "--set", "database.password=" + address.password()
        };
    }

    private static String dlq(int code, String[] database, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("commands", "dlq"));
        all.addAll(List.of(words));
        return terrane(code, database, all.toArray(String[]::new));
    }

    /** Its options stand behind the words that name the command. */
    private static String terrane(int code, String[] database, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(database));
        Process process = ServerProcess.terrane(all.toArray(String[]::new));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void spendsNothingTwiceAndLosesNothingWhenTheServerIsKilledAmidstTrades() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            DatabaseAddress address = postgres.address();
            String[] options = {
                "--database-url", address.jdbcUrl(),
                "--set", "database.user=" + address.user(),
                "--set", "database.password=" + address.password()
            };
            String token;
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < TRADES; i++) {
                requests.add("invest-" + i);
            }
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), options)) {
                token = RawClient.guestToken(server);
                Player ada = join(server, token);
                awaitOffers(ada, server, token);
                issue(address, walletOf(token), PURSE);
                ada.until("she is paid", () -> credits(server, token)[0] == PURSE);
                requests.forEach(request -> invest(ada, request));
                ada.until(
                        "some trades are over",
                        () -> ada.told("evt.trade.ended", "").count() >= 2);
                server.kill();
            }
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), options)) {
                Player ada = join(server, token);
                for (String request : requests) {
                    assertThat(invest(ada, request).get(60, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Done.class);
                }
                ada.until("all trades are over", () -> {
                    long[] credits = credits(server, token);
                    return credits[0] == 0 && credits[1] == 0;
                });
                CompletableFuture<CommandAnswer> last = ada.client()
                        .command(
                                "cmd.hex.vote",
                                1,
                                "vote",
                                ("{\"a\":0,\"b\":0,\"candidate\":\""
                                                + walletOf(token).split("/")[0] + "\"}")
                                        .getBytes(StandardCharsets.UTF_8));
                CommandAnswer.Done hex = (CommandAnswer.Done) last.get(60, TimeUnit.SECONDS);
                assertThat(new String(hex.payload(), StandardCharsets.UTF_8))
                        .as("what she paid is in the hex, to the last credit")
                        .contains("\"xp\":" + PURSE);
                ada.until(
                        "readers find it",
                        () -> get(server, token, "/views/evt.hex.changed").contains("\"xp\": " + PURSE));
                assertThat(get(server, token, "/views/evt.hex.contributed/region:0,0/journal")
                                .split("\"amount\": " + PRICE, -1))
                        .as("each contribution is in the journal once")
                        .hasSize(1 + PURSE / PRICE);
            }
        }
    }
}
