package dev.terrane.postgres.economy;

import dev.terrane.base.Clock;
import dev.terrane.bookkit.Wishes;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.SharedPostgres;
import dev.terrane.postgres.service.Answer;
import dev.terrane.postgres.service.ServiceReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An economy on the real database, with people and currencies that no other test has. */
final class EconomyFixture implements AutoCloseable {
    static final JsonPayloads JSON = new JsonPayloads();
    static final Wishes WISHES = new Wishes(EconomyCommands.ALL, JSON);

    final String tag = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    final String credits = "c" + tag;
    final String ore = "o" + tag;
    final PostgresEconomy economy;
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    EconomyFixture(Clock clock) {
        this.economy = PostgresEconomy.open(
                SharedPostgres.SERVER.address(),
                List.of(new Currency(credits, 2), new Currency(ore, 0)),
                new PostgresEconomy.Setup(JSON, clock, threads, new ServiceReceiver.Options(3, 64)));
    }

    EconomyQueries queries() {
        return economy.queries();
    }

    List<CommandResult> carryOut(List<CommandEnvelope> wishes) {
        return carryOut(economy, wishes);
    }

    /** Carries a batch out; every command must come to a result. */
    static List<CommandResult> carryOut(PostgresEconomy economy, List<CommandEnvelope> wishes) {
        List<Delivery> batch = new ArrayList<>();
        for (CommandEnvelope wish : wishes) {
            batch.add(new Delivery(batch.size(), wish, 1));
        }
        return Answer.of(economy.receiver(), batch).stream()
                .map(verdict -> switch (verdict) {
                    case Verdict.Settled settled -> settled.result();
                    case Verdict.Threw threw -> throw new AssertionError(threw.toString());
                    case Verdict.Unreached unreached -> throw new AssertionError(unreached.toString());
                    case Verdict.Behind behind -> throw new AssertionError(behind.toString());
                })
                .toList();
    }

    long[] balance(String wallet) {
        EconomyQueries.Balance balance = queries().balance(wallet).orElseThrow();
        return new long[] {balance.available(), balance.held()};
    }

    /** Of this test's currencies, and of nothing that another test does meanwhile. */
    EconomyQueries.Sum sum(String currency) {
        return queries().audit().sums().stream()
                .filter(sum -> sum.currency().equals(currency))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        threads.close();
        economy.close();
    }
}
