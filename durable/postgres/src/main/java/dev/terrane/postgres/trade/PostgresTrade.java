package dev.terrane.postgres.trade;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.PayloadCodec;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.ServiceReceiver;
import dev.terrane.postgres.service.ServiceSchema;
import dev.terrane.postgres.service.ServiceUpkeep;
import dev.terrane.trade.Offer;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeRules;
import java.util.List;
import java.util.concurrent.Executor;

/** The trade on a real database. Any thread may use it. */
public final class PostgresTrade implements AutoCloseable {
    private static final ServiceSchema SCHEMA = new ServiceSchema("trade");

    private final Database database;
    private final ServiceReceiver receiver;
    private final ServiceOutbox outbox;

    private final StepsAgain stepsAgain;

    private PostgresTrade(Database database, ServiceReceiver receiver, TradeRules rules, Clock clock) {
        this.database = database;
        this.receiver = receiver;
        this.outbox = new ServiceOutbox(database, SCHEMA);
        this.stepsAgain = new StepsAgain(database, outbox, rules, clock);
    }

    /**
     * Brings the schema up to date.
     *
     * @param executor may be kept waiting by the database; it needs {@link ServiceReceiver.Options#workerCount} threads
     * @throws dev.terrane.checkpoint.StoreUnavailableException if the database cannot be reached
     * @throws IllegalStateException if the user may not set it up: the message says what to do
     */
    public static PostgresTrade open(
            DatabaseAddress address,
            PayloadCodec codec,
            Clock clock,
            Executor executor,
            ServiceReceiver.Options options) {
        Database database = SCHEMA.open(address, options.workerCount());
        ServiceReceiver.Door door =
                new ServiceReceiver.Door(database, SCHEMA, new CommandCatalogue(TradeCommands.ALL, codec), clock);
        TradeRules rules = new TradeRules(codec);
        return new PostgresTrade(
                database, new ServiceReceiver(door, new TradeService(rules), executor, options), rules, clock);
    }

    /** Of all {@code cmd.trade.*}. */
    public CommandReceiver receiver() {
        return receiver;
    }

    public ServiceOutbox outbox() {
        return outbox;
    }

    public ServiceUpkeep upkeep() {
        return new ServiceUpkeep(database, SCHEMA);
    }

    /**
     * For a job: sends the step again that a trade waits for, if the trade has not changed for so long. Blocks.
     *
     * @param begunMillisMax age beyond which a trade is left to operators: less than outcomes are kept, or a step that was done would be done again
     * @return how many were sent
     */
    public int sendAgain(long silentMillis, long begunMillisMax, int countMax) {
        return stepsAgain.send(silentMillis, begunMillisMax, countMax);
    }

    /** What is offered now, in the order of names, at most 1,000. Blocks. */
    public List<Offer> offers() {
        return database.call(
                "list the offers",
                handle -> handle.createQuery(
                                "SELECT id, owner, currency, unit_price, buys, deliver, what FROM trade.offer ORDER BY id LIMIT 1000")
                        .map((row, _) -> new Offer(
                                row.getString("id"),
                                row.getString("owner"),
                                row.getString("currency"),
                                row.getLong("unit_price"),
                                row.getBoolean("buys"),
                                row.getString("deliver"),
                                row.getString("what")))
                        .list());
    }

    /** Ends its connections; what is under way is rolled back or was committed. */
    @Override
    public void close() {
        database.close();
    }
}
