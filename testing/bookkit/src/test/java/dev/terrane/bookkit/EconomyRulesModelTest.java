package dev.terrane.bookkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.economy.Account;
import dev.terrane.economy.Asked;
import dev.terrane.economy.Books;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyErrors;
import dev.terrane.economy.EconomyRules;
import dev.terrane.economy.Posting;
import dev.terrane.economy.Wallet;
import dev.terrane.economy.WalletAddress;
import dev.terrane.json.JsonPayloads;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules against the naive model, in memory. {@code -Deconomy.seed=N} repeats one seed. */
class EconomyRulesModelTest {
    private static final int SEED_COUNT = 60;
    private static final int BATCH_COUNT = 60;
    private static final List<String> CURRENCIES = List.of("credits", "ore", "favours");

    @Test
    void agreesWithTheNaiveModel() throws IllegalAccessException {
        Map<String, Integer> codes = new TreeMap<>();
        long only = Long.getLong("economy.seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            EconomyTrial trial = new EconomyTrial(seed, "trial", CURRENCIES);
            InMemory economy = new InMemory(trial.clock());
            trial.run(BATCH_COUNT, 20, economy::carryOut);
            trial.compareBalances(economy::balance);
            economy.requireBalance();
            trial.codes().forEach((code, count) -> codes.merge(code, count, Integer::sum));
        }
        if (only < 0) {
            assertThat(codes.keySet()).containsAll(everyError());
        }
    }

    /** Each named error has been met: a trial that never refuses proves nothing about refusals. */
    private static TreeSet<String> everyError() throws IllegalAccessException {
        TreeSet<String> codes = new TreeSet<>();
        for (Field field : EconomyErrors.class.getFields()) {
            codes.add((String) field.get(null));
        }
        codes.add(CommandErrors.CONFLICT);
        codes.add(CommandErrors.FORBIDDEN);
        codes.add(Expected.DONE);
        codes.remove(EconomyErrors.BAD_ADDRESS); // see RefusalsTest
        codes.remove(EconomyErrors.TOO_MANY_WALLETS); // see PostgresEconomyModelIT
        return codes;
    }

    /** Rules, books that hold everything, and the frame's promise about keys in its simplest form. */
    private static final class InMemory {
        private final JsonPayloads json = new JsonPayloads();
        private final CommandCatalogue catalogue = new CommandCatalogue(EconomyCommands.ALL, json);
        private final EconomyRules rules = new EconomyRules(json);
        private final Map<String, Currency> currencies = new TreeMap<>();
        private final Map<IdempotencyKey, Recorded> outcomes = new HashMap<>();
        private final List<Posting> ledger = new ArrayList<>();
        private final Books books;

        private record Recorded(long payloadHash, CommandResult result) {}

        private InMemory(SetClock clock) {
            CURRENCIES.forEach(code -> currencies.put(code, new Currency(code, 2)));
            this.books = new Books(currencies, 100, clock::epochMillis);
            long id = 1;
            for (String code : CURRENCIES) {
                for (String address :
                        List.of(WalletAddress.mint(code), WalletAddress.exchange(code), WalletAddress.fees(code))) {
                    books.know(new Account(
                            Wallet.of(id++, WalletAddress.parse(address).orElseThrow()), 0, 0));
                }
            }
        }

        private List<CommandResult> carryOut(List<CommandEnvelope> batch) {
            return batch.stream().map(this::carryOut).toList();
        }

        private CommandResult carryOut(CommandEnvelope command) {
            Recorded known = outcomes.get(command.idempotencyKey());
            if (known != null) {
                return known.payloadHash == command.payloadHash()
                        ? known.result
                        : new CommandResult.Refused(CommandErrors.CONFLICT, "another payload");
            }
            var good = (CommandCatalogue.Decoded.Good) catalogue.decode(
                    command.type(), command.version(), command.origin().clientId(), command.payload());
            CommandResult result =
                    rules.decide(books, Asked.by(command), good.payload()).result();
            outcomes.put(command.idempotencyKey(), new Recorded(command.payloadHash(), result));
            return result;
        }

        private long[] balance(String wallet) {
            Account account = books.account(wallet).orElseThrow();
            return new long[] {account.available(), account.held()};
        }

        /** What wallets have is what their postings add up to, and every currency comes to nothing. */
        private void requireBalance() {
            Map<String, Long> available = new TreeMap<>();
            Map<String, Long> currencySums = new TreeMap<>();
            ledger.addAll(books.posted());
            for (Posting posting : ledger) {
                Posting.Move move = posting.move();
                assertThat(move.from().currency()).isEqualTo(move.to().currency());
                available.merge(move.from().address(), move.kind().fromHeld() ? 0 : -move.amount(), Long::sum);
                available.merge(move.to().address(), move.kind().toHeld() ? 0 : move.amount(), Long::sum);
            }
            available.forEach((wallet, sum) -> {
                Account account = books.account(wallet).orElseThrow();
                assertThat(account.available()).as(wallet).isEqualTo(sum);
                currencySums.merge(account.wallet().currency(), account.available() + account.held(), Long::sum);
            });
            currencySums.forEach((currency, sum) -> assertThat(sum).as(currency).isZero());
        }
    }
}
