package dev.terrane.postgres.inventory;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.PayloadCodec;
import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.inventory.InventoryQueries;
import dev.terrane.inventory.InventoryRules;
import dev.terrane.inventory.ItemType;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.service.ServiceOutbox;
import dev.terrane.postgres.service.ServiceReceiver;
import dev.terrane.postgres.service.ServiceSchema;
import dev.terrane.postgres.service.ServiceUpkeep;
import java.util.Collection;
import java.util.concurrent.Executor;

/** The inventory on a real database: what carries commands out, what answers questions, what is to be told. Any thread may use it. */
public final class PostgresInventory implements AutoCloseable {
    private static final ServiceSchema SCHEMA = new ServiceSchema("inventory");

    private final Database database;
    private final ServiceReceiver receiver;
    private final InventoryQueries queries;
    private final ServiceOutbox outbox;

    private PostgresInventory(Database database, ServiceReceiver receiver, Declared declared) {
        this.database = database;
        this.receiver = receiver;
        this.queries = new PostgresInventoryQueries(database, declared);
        this.outbox = new ServiceOutbox(database, SCHEMA);
    }

    /** What there is. Declared for good: never removed, and neither stack sizes nor numbers of slots change. */
    public record Goods(Collection<ItemType> types, Collection<ContainerKind> kinds) {}

    /**
     * How it works.
     *
     * @param codec for payloads, results and events
     * @param executor may be kept waiting by the database; it needs {@link ServiceReceiver.Options#workerCount} threads
     */
    public record Setup(PayloadCodec codec, Clock clock, Executor executor, ServiceReceiver.Options options) {}

    /**
     * Brings the schema up to date and declares the goods.
     *
     * @throws dev.terrane.checkpoint.StoreUnavailableException if the database cannot be reached
     * @throws IllegalStateException if the user may not set it up, or something is there that differs: the message says what to do
     */
    public static PostgresInventory open(DatabaseAddress address, Goods goods, Setup setup) {
        Database database = SCHEMA.open(address, setup.options.workerCount());
        try {
            declare(address, goods);
            Declared declared = Declared.read(database);
            ServiceReceiver.Door door = new ServiceReceiver.Door(
                    database, SCHEMA, new CommandCatalogue(InventoryCommands.ALL, setup.codec), setup.clock);
            InventoryService service = new InventoryService(declared, new InventoryRules(setup.codec));
            return new PostgresInventory(
                    database, new ServiceReceiver(door, service, setup.executor, setup.options), declared);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void declare(DatabaseAddress address, Goods goods) {
        try (Database admin = new Database(address, new Database.Options("terrane-inventory-setup", 1, ""))) {
            for (ItemType type : goods.types) {
                admin.run(
                        "declare the item type " + type.code(),
                        handle -> handle.createQuery("SELECT inventory.declare_item(:code, :stackMax, :isUnique)")
                                .bind("code", type.code())
                                .bind("stackMax", type.stackMax())
                                .bind("isUnique", type.unique())
                                .map((_, _) -> true)
                                .list());
            }
            for (ContainerKind kind : goods.kinds) {
                admin.run(
                        "declare the kind " + kind.code(),
                        handle -> handle.createQuery("SELECT inventory.declare_kind(:code, :slotCount)")
                                .bind("code", kind.code())
                                .bind("slotCount", kind.slotCount())
                                .map((_, _) -> true)
                                .list());
            }
        }
    }

    /** Of all {@code cmd.inventory.*}. */
    public CommandReceiver receiver() {
        return receiver;
    }

    public InventoryQueries queries() {
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
