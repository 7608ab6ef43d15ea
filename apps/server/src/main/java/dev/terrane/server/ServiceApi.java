package dev.terrane.server;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CellKey;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.WalletAddress;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.http.ApiRoutes;
import dev.terrane.inventory.InventoryQueries;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.PostgresViews;
import dev.terrane.trade.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What players can ask services by REST; what they want of them they say by commands. Described in {@code services.json} beside this class. */
final class ServiceApi {
    private static final int HISTORY_MAX = 50;
    private static final int DOCUMENTS_MAX = 1_000;

    private final EconomyQueries economy;
    private final InventoryQueries inventory;
    private final Supplier<List<Offer>> offers;
    private final PostgresViews views;
    private final ApiReads reads;
    private final JsonPayloads json = new JsonPayloads();

    /** What services answer. */
    record Books(EconomyQueries economy, InventoryQueries inventory, Supplier<List<Offer>> offers) {}

    record Containers(List<InventoryQueries.View> containers) {}

    record Wallets(List<EconomyQueries.Balance> wallets) {}

    record History(List<EconomyQueries.Entry> entries) {}

    record Offers(List<Offer> offers) {}

    ServiceApi(Books books, PostgresViews views, ApiReads reads) {
        this.economy = books.economy();
        this.inventory = books.inventory();
        this.offers = books.offers();
        this.views = views;
        this.reads = reads;
    }

    ApiRoutes routes() {
        return new ApiRoutes(
                List.of(
                        new ApiRoute(Method.GET, "/wallets", asked -> answer(() -> wallets(asked.character()))),
                        new ApiRoute(Method.GET, "/wallets/:currency/history", this::history),
                        new ApiRoute(
                                Method.GET,
                                "/containers",
                                asked -> answer(() -> new Containers(inventory.containers(owner(asked.character()))))),
                        new ApiRoute(Method.GET, "/offers", _ -> answer(() -> new Offers(offers.get()))),
                        new ApiRoute(Method.GET, "/views/:topic", asked -> reads.answer(() -> documents(topic(asked)))),
                        new ApiRoute(Method.GET, "/views/:topic/:key/journal", this::journal)),
                contract());
    }

    private Record wallets(CharacterId character) {
        return new Wallets(economy.balances(owner(character)));
    }

    private CompletionStage<ApiAnswer> history(ApiRoute.Request asked) {
        String wallet = WalletAddress.of(
                owner(asked.character()),
                Objects.requireNonNullElse(asked.parameters().get("currency"), ""));
        String before = asked.query().getOrDefault("before", "");
        if (!before.matches("\\d{0,16}")) {
            return CompletableFuture.completedStage(
                    ApiAnswer.refused(400, "bad_request", "before must be the id of an entry"));
        }
        long from = before.isEmpty() ? Long.MAX_VALUE : Long.parseLong(before);
        return answer(() -> new History(economy.history(wallet, from, HISTORY_MAX)));
    }

    private static String owner(CharacterId character) {
        return new CellKey.OfCharacter(character).toString();
    }

    private static String topic(ApiRoute.Request asked) {
        return Objects.requireNonNullElse(asked.parameters().get("topic"), "");
    }

    /** Documents are JSON already. */
    private String documents(String topic) {
        return views.documents(topic, DOCUMENTS_MAX).stream()
                .map(PostgresViews.View::json)
                .collect(Collectors.joining(",", "{\"documents\":[", "]}"));
    }

    private CompletionStage<ApiAnswer> journal(ApiRoute.Request asked) {
        String key = Objects.requireNonNullElse(asked.parameters().get("key"), "");
        return reads.answer(() -> views.journal(topic(asked), key, Long.MAX_VALUE, HISTORY_MAX).stream()
                .map(PostgresViews.View::json)
                .collect(Collectors.joining(",", "{\"events\":[", "]}")));
    }

    private CompletionStage<ApiAnswer> answer(Supplier<Record> question) {
        return reads.answer(() -> new String(json.encode(question.get()), StandardCharsets.UTF_8));
    }

    private static String contract() {
        try (InputStream in = ServiceApi.class.getResourceAsStream("services.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
