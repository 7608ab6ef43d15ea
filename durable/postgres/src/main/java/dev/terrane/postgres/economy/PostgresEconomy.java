package dev.terrane.postgres.economy;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.PayloadCodec;
import dev.terrane.economy.Currency;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.economy.EconomyRules;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.ServiceReceiver;
import dev.terrane.postgres.service.ServiceSchema;
import dev.terrane.postgres.service.ServiceUpkeep;
import java.util.Collection;
import java.util.concurrent.Executor;

/** The economy on a real database: what carries commands out, what answers questions, what is to be told. Any thread may use it. */
public final class PostgresEconomy implements AutoCloseable {
    private static final ServiceSchema SCHEMA = new ServiceSchema("economy");

    private final Database database;
    private final ServiceReceiver receiver;
    private final EconomyQueries queries;
    private final ServiceOutbox outbox;

    private PostgresEconomy(Database database, ServiceReceiver receiver, Currencies currencies) {
        this.database = database;
        this.receiver = receiver;
        this.queries = new PostgresEconomyQueries(database, currencies);
        this.outbox = new ServiceOutbox(database, SCHEMA);
    }

    /**
     * How it works.
     *
     * @param codec for payloads, results and events
     * @param executor may be kept waiting by the database; it needs {@link ServiceReceiver.Options#workerCount} threads
     */
    public record Setup(PayloadCodec codec, Clock clock, Executor executor, ServiceReceiver.Options options) {}

    /**
     * Brings the schema up to date and declares the currencies. A currency is for good: it is never removed, and its decimals never change.
     *
     * @throws dev.terrane.checkpoint.StoreUnavailableException if the database cannot be reached
     * @throws IllegalStateException if the user may not set it up, or a currency is there with other decimals: the message says what to do
     */
    public static PostgresEconomy open(DatabaseAddress address, Collection<Currency> currencies, Setup setup) {
        Database database = SCHEMA.open(address, setup.options.workerCount());
        try {
            declare(address, currencies);
            Currencies declared = Currencies.read(database);
            ServiceReceiver.Door door = new ServiceReceiver.Door(
                    database, SCHEMA, new CommandCatalogue(EconomyCommands.ALL, setup.codec), setup.clock);
            EconomyService service = new EconomyService(declared, new EconomyRules(setup.codec));
            return new PostgresEconomy(
                    database, new ServiceReceiver(door, service, setup.executor, setup.options), declared);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void declare(DatabaseAddress address, Collection<Currency> currencies) {
        try (Database admin = new Database(address, new Database.Options("terrane-economy-setup", 1, ""))) {
            for (Currency currency : currencies) {
                admin.run(
                        "declare the currency " + currency.code(),
                        handle -> handle.createQuery("SELECT economy.declare_currency(:code, :decimals)")
                                .bind("code", currency.code())
                                .bind("decimals", currency.decimals())
                                .map((_, _) -> true)
                                .list());
            }
        }
    }

    /** Of all {@code cmd.economy.*}. */
    public CommandReceiver receiver() {
        return receiver;
    }

    public EconomyQueries queries() {
        return queries;
    }

    public ServiceOutbox outbox() {
        return outbox;
    }

    /** To be called by a job. */
    public ServiceUpkeep upkeep() {
        return new ServiceUpkeep(database, SCHEMA);
    }

    /** Ends its connections; what is under way is rolled back or was committed. */
    @Override
    public void close() {
        database.close();
    }
}
