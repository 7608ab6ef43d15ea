package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.lane.PostgresLaneStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A guest's money. */
record Purse(String token, String wallet) {
    private static final Pattern CREDITS =
            Pattern.compile("/credit\",\"currency\":\"credit\",\"decimals\":0,\"available\":(\\d+)");

    static Purse of(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        Matcher subject = Pattern.compile("\"sub\"\\s*:\\s*\"([0-9a-f-]{36})\"").matcher(claims);
        assertThat(subject.find()).as(claims).isTrue();
        return new Purse(token, "character:" + subject.group(1) + "/credit");
    }

    /** Makes money in it, as an operator with a database client could; opens it if need be. */
    void fill(DatabaseAddress address, long amount) {
        EconomyCommands.Issue issue = new EconomyCommands.Issue(wallet, amount, "test");
        CommandEnvelope command = new CommandEnvelope(
                EconomyCommands.ISSUE.name(),
                EconomyCommands.ISSUE.version(),
                EconomyCommands.ISSUE.keyRule().keyOf(issue, "admin:test"),
                new CommandEnvelope.Origin("admin:test", "issue-" + wallet.substring(10, 46)),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                new JsonPayloads().encode(issue));
        try (PostgresStore store = PostgresStore.open(address)) {
            new PostgresLaneStore(store.database(), 16, 1_000).append("economy", List.of(command));
        }
    }

    /** What is free to be spent; -1 while nobody knows, or there is no such wallet. */
    long credits(ServerProcess server, HttpClient http) {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.http("/api/v1/wallets"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            Matcher found = CREDITS.matcher(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return found.find() ? Long.parseLong(found.group(1)) : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
