package dev.terrane.postgres;

import java.util.UUID;

/** A database of its own in the shared server, for what is true of a database as a whole. */
public final class OwnDatabase implements AutoCloseable {
    private final String name;
    private final DatabaseAddress address;
    private final PostgresStore store;

    private OwnDatabase(String name, DatabaseAddress address) {
        this.name = name;
        this.address = address;
        this.store = PostgresStore.open(address);
    }

    public static OwnDatabase make() {
        String name = "own_" + UUID.randomUUID().toString().replace('-', '_');
        SharedPostgres.ADMIN.run("make a database", handle -> handle.execute("CREATE DATABASE " + name));
        DatabaseAddress shared = SharedPostgres.SERVER.address();
        String url = shared.jdbcUrl().substring(0, shared.jdbcUrl().lastIndexOf('/') + 1) + name;
        return new OwnDatabase(name, new DatabaseAddress(url, shared.user(), shared.password()));
    }

    public DatabaseAddress address() {
        return address;
    }

    public PostgresStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        SharedPostgres.ADMIN.run("drop a database", handle -> handle.execute("DROP DATABASE " + name));
    }
}
