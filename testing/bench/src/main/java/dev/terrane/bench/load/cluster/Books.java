package dev.terrane.bench.load.cluster;

import dev.terrane.base.Clock;
import dev.terrane.base.WorldId;
import dev.terrane.bench.load.cluster.Reckoning.Payment;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.WalletAddress;
import dev.terrane.games.skirmish.hex.HexEvents;
import dev.terrane.games.skirmish.station.Station;
import dev.terrane.json.JsonPayloads;
import dev.terrane.json.JsonTree;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.PostgresViews;
import dev.terrane.postgres.economy.PostgresEconomy;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.postgres.service.ServiceReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The world's books, read and written past everybody, as an operator with a database client could. One thread; calls block. */
final class Books implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final String OPERATOR = "admin:bench";
    private static final JsonPayloads JSON = new JsonPayloads();

    private final PostgresStore store;
    private final PostgresEconomy economy;
    private final PostgresViews views;
    private final int partitionCount;

    /** @param partitionCount of the world's lanes */
    Books(DatabaseAddress address, String world, int partitionCount) {
        this.store = PostgresStore.open(address);
        this.economy = PostgresEconomy.open(
                address,
                List.of(),
                new PostgresEconomy.Setup(JSON, Clock.system(), Runnable::run, ServiceReceiver.Options.USUAL));
        this.views = new PostgresViews(store, new WorldId(world), List.of(), List.of());
        this.partitionCount = partitionCount;
    }

    /** Asks for money for everybody. @param players {@code character:<uuid>} */
    void fill(Collection<String> players, long credits) {
        List<CommandEnvelope> commands = new ArrayList<>();
        for (String player : players) {
            EconomyCommands.Issue issue =
                    new EconomyCommands.Issue(WalletAddress.of(player, Station.CURRENCY), credits, "bench");
            commands.add(new CommandEnvelope(
                    EconomyCommands.ISSUE.name(),
                    EconomyCommands.ISSUE.version(),
                    EconomyCommands.ISSUE.keyRule().keyOf(issue, OPERATOR),
                    new CommandEnvelope.Origin(OPERATOR, "bench-" + player.substring(player.indexOf(':') + 1)),
                    new CommandEnvelope.Trace("e", "e", "", "bench", 0),
                    JSON.encode(issue)));
        }
        new PostgresLaneStore(store.database(), partitionCount, Long.MAX_VALUE).append("economy", commands);
    }

    /** Whether they all have it. */
    boolean filled(Collection<String> players) {
        return players.stream()
                .allMatch(player -> economy.queries()
                        .balance(WalletAddress.of(player, Station.CURRENCY))
                        .isPresent());
    }

    /** How often each payment is in the journal of its region's hex. */
    Map<Payment, Integer> inHexes(Collection<String> regions) {
        Map<Payment, Integer> found = new HashMap<>();
        for (String region : regions) {
            long before = Long.MAX_VALUE;
            List<PostgresViews.View> page;
            do {
                page = views.journal(HexEvents.CONTRIBUTED, region, before, PAGE);
                for (PostgresViews.View each : page) {
                    JsonTree paid = read(each.json());
                    found.merge(
                            new Payment(
                                    paid.get("character").text(),
                                    paid.get("amount").number()),
                            1,
                            Integer::sum);
                    before = each.number();
                }
            } while (page.size() == PAGE);
        }
        return found;
    }

    /** How often each payment has left its wallet for the station. */
    Map<Payment, Integer> fromWallets(Collection<String> players) {
        Map<Payment, Integer> found = new HashMap<>();
        for (String player : players) {
            String wallet = WalletAddress.of(player, Station.CURRENCY);
            long before = Long.MAX_VALUE;
            List<EconomyQueries.Entry> page;
            do {
                page = economy.queries().history(wallet, before, PAGE);
                for (EconomyQueries.Entry each : page) {
                    // What is only set aside stays in the wallet.
                    if (each.from().equals(wallet) && !each.to().equals(wallet)) {
                        found.merge(new Payment(player, each.amount()), 1, Integer::sum);
                    }
                    before = each.id();
                }
            } while (page.size() == PAGE);
        }
        return found;
    }

    /** Whether balances are what postings add up to, and nothing has come from nowhere. */
    boolean sound() {
        return economy.queries().audit().sound();
    }

    private static JsonTree read(String json) {
        try {
            return JsonTree.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal has what is no JSON", e);
        }
    }

    @Override
    public void close() {
        economy.close();
        store.close();
    }
}
