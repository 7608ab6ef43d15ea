package dev.terrane.server;

import dev.terrane.base.CharacterId;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CellKey;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.WalletAddress;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.http.ApiRoutes;
import dev.terrane.json.JsonPayloads;
import dev.terrane.trade.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What players can ask services by REST; what they want of them they say by commands. Described in {@code services.json} beside this class. */
final class ServiceApi {
    private static final int HISTORY_MAX = 50;
    private static final int RETRY_SECONDS = 2;

    private final EconomyQueries economy;
    private final Supplier<List<Offer>> offers;
    private final Executor waiting;
    private final JsonPayloads json = new JsonPayloads();

    record Wallets(List<EconomyQueries.Balance> wallets) {}

    record History(List<EconomyQueries.Entry> entries) {}

    record Offers(List<Offer> offers) {}

    /** @param waiting threads that may wait for the database */
    ServiceApi(EconomyQueries economy, Supplier<List<Offer>> offers, Executor waiting) {
        this.economy = economy;
        this.offers = offers;
        this.waiting = waiting;
    }

    ApiRoutes routes() {
        return new ApiRoutes(
                List.of(
                        new ApiRoute(Method.GET, "/wallets", asked -> answer(() -> wallets(asked.character()))),
                        new ApiRoute(Method.GET, "/wallets/:currency/history", this::history),
                        new ApiRoute(Method.GET, "/offers", _ -> answer(() -> new Offers(offers.get())))),
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

    private CompletionStage<ApiAnswer> answer(Supplier<Record> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ApiAnswer.ok(new String(json.encode(question.get()), StandardCharsets.UTF_8));
                    } catch (StoreUnavailableException away) {
                        return new ApiAnswer.Refused(
                                503, "unavailable", "the books cannot be read now; try again", RETRY_SECONDS);
                    }
                },
                waiting);
    }

    private static String contract() {
        try (InputStream in = ServiceApi.class.getResourceAsStream("services.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
