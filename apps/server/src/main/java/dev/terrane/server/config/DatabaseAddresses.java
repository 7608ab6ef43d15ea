package dev.terrane.server.config;

import dev.terrane.postgres.DatabaseAddress;

/** Where a configured database is. */
public final class DatabaseAddresses {
    private DatabaseAddresses() {}

    /** @param database whose url is not empty */
    public static DatabaseAddress configured(TerraneConfig.Database database) {
        String password = database.password().reveal();
        return database.url().startsWith("jdbc:")
                ? new DatabaseAddress(database.url(), database.user(), password)
                : DatabaseAddress.parse(database.url(), database.user(), password);
    }
}
