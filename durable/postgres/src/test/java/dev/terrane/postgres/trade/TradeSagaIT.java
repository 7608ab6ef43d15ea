package dev.terrane.postgres.trade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.Resulted;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.SharedPostgres;
import dev.terrane.postgres.economy.PostgresEconomy;
import dev.terrane.postgres.service.Answer;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.ServiceReceiver;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeErrors;
import dev.terrane.trade.TradeEvents;
import dev.terrane.trade.TradeRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Trades between real books while messages come twice, late and in any order, as they do when processes die between steps: the lanes
 * lose nothing, but whoever dies before it has noted that something was passed on passes it on again.
 */
class TradeSagaIT {
    private static final JsonPayloads JSON = new JsonPayloads();
    private static final int CUSTOMERS = 4;
    private static final int TRADES = 40;
    private static final long PURSE = 1_000;

    private final String tag = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final String coins = "c" + tag;
    private final String station = "service:" + tag;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final PostgresEconomy economy = PostgresEconomy.open(
            SharedPostgres.SERVER.address(),
            List.of(new Currency(coins, 0)),
            new PostgresEconomy.Setup(JSON, Clock.system(), threads, new ServiceReceiver.Options(2, 64)));
    private final PostgresTrade trade = PostgresTrade.open(
            SharedPostgres.SERVER.address(), JSON, Clock.system(), threads, new ServiceReceiver.Options(2, 64));
    private final Warehouse warehouse = new Warehouse(station);
    private int requestCount;

    @AfterEach
    void close() {
        trade.close();
        economy.close();
        threads.close();
    }

    /** Has goods, or has not: gives each delivery out once and remembers what it said. */
    private static final class Warehouse {
        private final String owner;
        private final Map<IdempotencyKey, CommandResult> said = new HashMap<>();
        private final Map<String, Integer> delivered = new TreeMap<>();
        private int stock = 60;

        private Warehouse(String owner) {
            this.owner = owner;
        }

        CommandResult carryOut(CommandEnvelope command) throws Exception {
            TradeCommands.Delivery wish = JSON.decode(TradeCommands.Delivery.class, command.payload());
            return said.computeIfAbsent(command.idempotencyKey(), _ -> {
                if (!wish.owner().equals(owner)) {
                    return new CommandResult.Done(
                            new byte[0]); // another test's trade, said again: the table is everybody's
                }
                if (wish.quantity() > stock) {
                    return new CommandResult.Refused("SOLD_OUT", "only " + stock + " are left");
                }
                stock -= wish.quantity();
                delivered.merge(wish.customer(), wish.quantity(), Integer::sum);
                return new CommandResult.Done(new byte[0]);
            });
        }
    }

    private <P extends Record> CommandEnvelope wish(String client, CommandType<P> type, P payload) {
        String request = tag + "-" + ++requestCount;
        return new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, client),
                new CommandEnvelope.Origin(client, request),
                new CommandEnvelope.Trace(request, request, "", "test", 0),
                JSON.encode(payload));
    }

    private static CommandResult carryOut(CommandReceiver receiver, CommandEnvelope command) {
        Verdict verdict =
                Answer.of(receiver, List.of(new Delivery(0, command, 1))).getFirst();
        return ((Verdict.Settled) verdict).result();
    }

    private String customer(int number) {
        return "character:" + new UUID(tag.hashCode(), number);
    }

    private void openBooks() {
        carryOut(
                economy.receiver(),
                wish("admin:test", EconomyCommands.OPEN, new EconomyCommands.Open(station + "/" + coins)));
        for (int i = 0; i < CUSTOMERS; i++) {
            carryOut(
                    economy.receiver(),
                    wish(
                            "admin:test",
                            EconomyCommands.ISSUE,
                            new EconomyCommands.Issue(customer(i) + "/" + coins, PURSE, null)));
        }
        assertThat(carryOut(trade.receiver(), post())).isInstanceOf(CommandResult.Done.class);
    }

    private CommandEnvelope post() {
        return wish(
                "admin:test",
                TradeCommands.POST,
                new TradeCommands.Post("ore-" + tag, station, coins, 30, false, "cmd.warehouse.give", "ore"));
    }

    private CommandResult carryOut(CommandEnvelope command) throws Exception {
        if (command.type().startsWith("cmd.economy.")) {
            return carryOut(economy.receiver(), command);
        }
        return command.type().startsWith("cmd.trade.")
                ? carryOut(trade.receiver(), command)
                : warehouse.carryOut(command);
    }

    private CommandEnvelope resulted(CommandEnvelope command, CommandResult result) {
        Resulted told = Resulted.of(new CommandAnswer(command.origin(), command.type(), "", result));
        byte[] payload = JSON.encode(told);
        return new CommandEnvelope(
                Resulted.typeFor("trade").name(),
                1,
                told.matter(),
                new CommandEnvelope.Origin(Resulted.CLIENT, Long.toHexString(IdempotencyKey.hash(payload))),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                payload);
    }

    @Test
    void endsEveryTradeOnceThoughThingsAreSaidTwiceOrLateOrLost() throws Exception {
        long seed = Long.getLong("trade.seed", System.nanoTime());
        System.out.println("trade.seed=" + seed);
        Rng rng = new Rng(seed);
        openBooks();
        List<CommandEnvelope> onTheWay = new ArrayList<>();
        for (int i = 0; i < TRADES; i++) {
            TradeCommands.Accept accept = new TradeCommands.Accept("ore-" + tag, 1 + rng.nextInt(4), null, null);
            onTheWay.add(wish(customer(rng.nextInt(CUSTOMERS)), TradeCommands.ACCEPT, accept));
        }
        Map<String, TradeEvents.Ended> ended = new TreeMap<>();
        for (int idle = 0; idle < 3; ) {
            idle = takeUp(onTheWay, ended, rng) || !onTheWay.isEmpty() ? 0 : idle + 1;
            if (onTheWay.isEmpty() && trade.sendAgain(0, 600_000, 100) > 0) {
                idle = 0;
            }
            if (!onTheWay.isEmpty()) {
                CommandEnvelope next = onTheWay.get(rng.nextInt(onTheWay.size()));
                if (rng.chance(0.1f) && !next.type().equals(TradeCommands.ACCEPT.name())) {
                    onTheWay.remove(next); // lost for good, command or result
                    continue;
                }
                CommandResult result = carryOut(next);
                if (next.origin().clientId().equals("service:trade")) {
                    onTheWay.add(resulted(next, result));
                }
                if (!rng.chance(0.25f)) {
                    onTheWay.remove(next); // else its consumer dies before it could note that it is done
                }
            }
        }
        check(ended);
    }

    /** False when there is nothing to be passed on. */
    private boolean takeUp(List<CommandEnvelope> onTheWay, Map<String, TradeEvents.Ended> ended, Rng rng)
            throws Exception {
        ServiceOutbox.Waiting waiting = trade.outbox().peek(4);
        onTheWay.addAll(waiting.sent());
        for (EventEnvelope event : waiting.events()) {
            assertThat(event.topic()).isEqualTo(TradeEvents.ENDED);
            TradeEvents.Ended told = JSON.decode(TradeEvents.Ended.class, event.payload());
            if (told.offer().equals("ore-" + tag)) {
                TradeEvents.Ended before = ended.put(told.trade(), told);
                assertThat(before == null || before.equals(told))
                        .as("one end per trade")
                        .isTrue();
            }
        }
        if (!waiting.ids().isEmpty() && rng.chance(0.7f)) {
            trade.outbox().drop(waiting.ids());
        }
        return !waiting.ids().isEmpty();
    }

    private void check(Map<String, TradeEvents.Ended> ended) {
        assertThat(ended).hasSize(TRADES);
        int sold = ended.values().stream()
                .filter(TradeEvents.Ended::done)
                .mapToInt(TradeEvents.Ended::quantity)
                .sum();
        assertThat(ended.values().stream().filter(each -> !each.done()).map(TradeEvents.Ended::errorCode))
                .allMatch(code -> code.equals("SOLD_OUT") || code.equals("INSUFFICIENT_FUNDS"));
        assertThat(warehouse.delivered.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(sold)
                .isPositive();
        EconomyQueries.Balance till =
                economy.queries().balance(station + "/" + coins).orElseThrow();
        assertThat(till.available()).isEqualTo(30L * sold);
        for (int i = 0; i < CUSTOMERS; i++) {
            EconomyQueries.Balance purse =
                    economy.queries().balance(customer(i) + "/" + coins).orElseThrow();
            assertThat(purse.held()).as("nothing is set aside any more").isZero();
            assertThat(purse.available()).isEqualTo(PURSE - 30L * warehouse.delivered.getOrDefault(customer(i), 0));
        }
    }

    @Test
    void aTradeEndsThoughItsHoldWasFreedWithoutIt() throws Exception {
        openBooks();
        warehouse.stock = 0;
        CommandEnvelope accept =
                wish(customer(0), TradeCommands.ACCEPT, new TradeCommands.Accept("ore-" + tag, 1, null, null));
        String id = TradeRules.idOf(accept);
        carryOut(accept);
        step(id + "/hold");
        CommandEnvelope delivery = step(id + "/deliver");
        EconomyQueries.OpenHold hold =
                economy.queries().holds(customer(0) + "/" + coins).getFirst();
        assertThat(JSON.decode(TradeCommands.Delivery.class, delivery.payload()).notAfterMillis())
                .as("the money is sure to be there a while longer")
                .isLessThan(hold.expiresAtMillis() - TimeUnit.DAYS.toMillis(1));
        carryOut(
                economy.receiver(),
                wish("admin:test", EconomyCommands.RELEASE, new EconomyCommands.Release(hold.from(), hold.id())));
        step(id + "/release");
        assertThat(trade.outbox().peek(10_000).events())
                .filteredOn(event -> event.eventId().startsWith(id))
                .extracting(EventEnvelope::eventId)
                .containsExactly(id + "/ended");
        assertThat(trade.sendAgain(0, 600_000, 100)).isZero();
    }

    /** Carries out what the trade has sent, and tells it. */
    private CommandEnvelope step(String request) throws Exception {
        CommandEnvelope sent = trade.outbox().peek(10_000).sent().stream()
                .filter(command -> command.origin().requestId().equals(request))
                .findFirst()
                .orElseThrow();
        carryOut(resulted(sent, carryOut(sent)));
        return sent;
    }

    @Test
    void refusesWhatIsNoTrade() throws Exception {
        openBooks();
        String offer = "ore-" + tag;
        assertThat(code(new TradeCommands.Accept("nothing", 1, null, null))).isEqualTo(TradeErrors.UNKNOWN_OFFER);
        assertThat(code(new TradeCommands.Accept(offer, 0, null, null))).isEqualTo(TradeErrors.QUANTITY_OUT_OF_RANGE);
        assertThat(code(new TradeCommands.Accept(offer, -5, null, null))).isEqualTo(TradeErrors.QUANTITY_OUT_OF_RANGE);
        assertThat(code(new TradeCommands.Accept(offer, 1, 29L, null))).isEqualTo(TradeErrors.PRICE_CHANGED);
        assertThat(code(new TradeCommands.Accept(offer, 1, null, "x".repeat(65))))
                .isEqualTo(TradeErrors.BAD_OFFER);
        CommandEnvelope forged = wish(
                customer(1),
                TradeCommands.RESULTED,
                new Resulted("trade-1/hold", "cmd.economy.hold", true, "", "", "{}"));
        assertThat(((CommandResult.Refused) carryOut(forged)).errorCode()).isEqualTo(CommandErrors.FORBIDDEN);
        CommandEnvelope posted = wish(
                customer(1),
                TradeCommands.POST,
                new TradeCommands.Post(offer, customer(1), coins, 1, true, "cmd.warehouse.give", "ore"));
        assertThat(((CommandResult.Refused) carryOut(posted)).errorCode()).isEqualTo(CommandErrors.FORBIDDEN);
        assertThat(trade.outbox().peek(100).sent().stream()
                        .filter(sent -> sent.key().contains(tag)))
                .isEmpty();
    }

    private String code(TradeCommands.Accept accept) throws Exception {
        return ((CommandResult.Refused) carryOut(wish(customer(0), TradeCommands.ACCEPT, accept))).errorCode();
    }
}
