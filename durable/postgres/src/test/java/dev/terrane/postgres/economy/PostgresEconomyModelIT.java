package dev.terrane.postgres.economy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.bookkit.EconomyTrial;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands.Issue;
import dev.terrane.economy.EconomyCommands.Open;
import dev.terrane.economy.EconomyCommands.Transfer;
import dev.terrane.economy.EconomyErrors;
import dev.terrane.economy.EconomyLimits;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.EconomyResults;
import dev.terrane.postgres.SharedPostgres;
import dev.terrane.postgres.service.ServiceReceiver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The receiver over a real database, against the naive model and against itself. {@code -Deconomy.seed=N} repeats one seed. */
class PostgresEconomyModelIT {
    private static final int SEED_COUNT = 4;
    private static final int DELIVERER_COUNT = 4;
    private static final int TRANSFER_COUNT = 3_000;
    private static final int WALLET_COUNT = 12;

    @Test
    void agreesWithTheNaiveModel() {
        long only = Long.getLong("economy.seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            String tag = "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
            List<String> codes = List.of("a" + tag, "b" + tag);
            EconomyTrial trial = new EconomyTrial(seed, tag, codes);
            try (ExecutorService thread = Executors.newSingleThreadExecutor();
                    PostgresEconomy economy = PostgresEconomy.open(
                            SharedPostgres.SERVER.address(),
                            codes.stream().map(code -> new Currency(code, 2)).toList(),
                            new PostgresEconomy.Setup(
                                    EconomyFixture.JSON, trial.clock(), thread, new ServiceReceiver.Options(1, 512)));
                    Carrier carrier = new Carrier(economy)) {
                trial.run(60, 30, carrier::carryOut);
                trial.compareBalances(carrier::balance);
                EconomyQueries.Audit audit = economy.queries().audit();
                assertThat(audit.differingWallets()).isEmpty();
                assertThat(audit.sums())
                        .allSatisfy(sum -> assertThat(sum.balances()).isZero());
            }
        }
    }

    /** Only borrows its economy. */
    private record Carrier(PostgresEconomy economy) implements AutoCloseable {
        private List<CommandResult> carryOut(List<CommandEnvelope> wishes) {
            return EconomyFixture.carryOut(economy, wishes);
        }

        private long[] balance(String wallet) {
            EconomyQueries.Balance balance = economy.queries().balance(wallet).orElseThrow();
            return new long[] {balance.available(), balance.held()};
        }

        @Override
        public void close() {}
    }

    /** Everybody delivers everything, in an order of his own, at the same time: as consumers do that have lost a lease and do not know it yet. */
    @Test
    void spendsNothingTwiceHoweverManyDeliverTheSame() throws Exception {
        long seed = Long.getLong("economy.seed", System.nanoTime());
        try (EconomyFixture fixture = new EconomyFixture(Clock.system());
                ExecutorService deliverers = Executors.newFixedThreadPool(DELIVERER_COUNT)) {
            List<String> wallets = new ArrayList<>();
            List<CommandEnvelope> opening = new ArrayList<>();
            for (int i = 0; i < WALLET_COUNT; i++) {
                String wallet = "character:" + fixture.tag + "-" + i + "/" + fixture.credits;
                wallets.add(wallet);
                opening.add(EconomyFixture.WISHES.envelope(
                        "admin:test", "o" + i + fixture.tag, new Issue(wallet, 100, null)));
            }
            fixture.carryOut(opening);
            Map<CommandEnvelope, Transfer> transfers = transfers(new Rng(seed), wallets);
            Map<String, String> results = new ConcurrentHashMap<>();
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < DELIVERER_COUNT; i++) {
                Rng rng = new Rng(seed + i);
                work.add(() -> {
                    deliver(fixture, new ArrayList<>(transfers.keySet()), rng, results);
                    return true;
                });
            }
            for (var done : deliverers.invokeAll(work)) {
                assertThat(done.get()).as("seed %d", seed).isTrue();
            }
            Map<String, Long> expected = new HashMap<>();
            wallets.forEach(wallet -> expected.put(wallet, 100L));
            int carriedOut = 0;
            for (Map.Entry<CommandEnvelope, Transfer> entry : transfers.entrySet()) {
                if (results.getOrDefault(entry.getKey().origin().requestId(), "")
                        .startsWith("done")) {
                    expected.merge(entry.getValue().from(), -entry.getValue().amount(), Long::sum);
                    expected.merge(entry.getValue().to(), entry.getValue().amount(), Long::sum);
                    carriedOut++;
                }
            }
            assertThat(carriedOut).as("seed %d", seed).isBetween(TRANSFER_COUNT / 20, TRANSFER_COUNT - 1);
            expected.forEach((wallet, sum) ->
                    assertThat(fixture.balance(wallet)).as("seed %d", seed).containsExactly(sum, 0));
            EconomyQueries.Audit audit = fixture.queries().audit();
            assertThat(audit.sums())
                    .allSatisfy(each -> assertThat(each.balances()).isZero());
            assertThat(fixture.sum(fixture.credits).issued()).isEqualTo(100L * WALLET_COUNT);
        }
    }

    @Test
    void aCharacterOpensSoManyWalletsHoweverManyItWantsAtOnce() throws Exception {
        try (EconomyFixture fixture = new EconomyFixture(Clock.system());
                ExecutorService deliverers = Executors.newFixedThreadPool(DELIVERER_COUNT)) {
            String owner = "character:" + fixture.tag;
            List<Callable<List<CommandResult>>> work = new ArrayList<>();
            for (int i = 0; i < 4 * EconomyLimits.WALLETS_PER_CHARACTER_MAX; i++) {
                CommandEnvelope wish = EconomyFixture.WISHES.envelope(
                        owner, "w" + i, new Open(owner + "/" + fixture.credits + "/w" + i));
                work.add(() -> fixture.carryOut(List.of(wish)));
            }
            int opened = 0;
            for (var results : deliverers.invokeAll(work)) {
                if (results.get().getFirst() instanceof CommandResult.Refused refused) {
                    assertThat(refused.errorCode()).isEqualTo(EconomyErrors.TOO_MANY_WALLETS);
                } else {
                    opened++;
                }
            }
            assertThat(opened).isEqualTo(EconomyLimits.WALLETS_PER_CHARACTER_MAX);
            assertThat(fixture.queries().balances(owner)).hasSize(opened);
            CommandEnvelope trusted =
                    EconomyFixture.WISHES.envelope("cell:test", "t", new Open(owner + "/" + fixture.ore));
            assertThat(fixture.carryOut(List.of(trusted)).getFirst()).isInstanceOf(CommandResult.Done.class);
            CommandEnvelope again = EconomyFixture.WISHES.envelope(owner, "again", new Open(owner + "/" + fixture.ore));
            assertThat(fixture.carryOut(List.of(again)).getFirst())
                    .as("what is open stays open")
                    .isInstanceOf(CommandResult.Done.class);
        }
    }

    private static Map<CommandEnvelope, Transfer> transfers(Rng rng, List<String> wallets) {
        Map<CommandEnvelope, Transfer> transfers = new HashMap<>();
        for (int i = 0; i < TRANSFER_COUNT; i++) {
            String from = wallets.get(rng.nextInt(WALLET_COUNT));
            String to = wallets.get(rng.nextInt(WALLET_COUNT));
            if (!from.equals(to)) {
                Transfer transfer = new Transfer(from, to, 1 + rng.nextInt(60), null);
                transfers.put(
                        EconomyFixture.WISHES.envelope(from.substring(0, from.indexOf('/')), "r" + i, transfer),
                        transfer);
            }
        }
        return transfers;
    }

    private static void deliver(
            EconomyFixture fixture, List<CommandEnvelope> commands, Rng rng, Map<String, String> results)
            throws Exception {
        Collections.shuffle(commands, new java.util.Random(rng.nextLong()));
        for (int from = 0; from < commands.size(); ) {
            int to = Math.min(commands.size(), from + 1 + rng.nextInt(80));
            List<CommandEnvelope> batch = commands.subList(from, to);
            List<CommandResult> answered = fixture.carryOut(batch);
            for (int i = 0; i < batch.size(); i++) {
                String text = switch (answered.get(i)) {
                    case CommandResult.Done done ->
                        "done "
                                + EconomyFixture.JSON
                                        .decode(EconomyResults.Moved.class, done.payload())
                                        .transaction();
                    case CommandResult.Refused refused -> refused.toString();
                };
                String earlier = results.putIfAbsent(batch.get(i).origin().requestId(), text);
                assertThat(earlier == null || earlier.equals(text))
                        .as(earlier + " and " + text)
                        .isTrue();
            }
            from = to;
        }
    }
}
