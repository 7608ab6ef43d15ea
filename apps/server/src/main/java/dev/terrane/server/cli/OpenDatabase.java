package dev.terrane.server.cli;

import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.server.config.DatabaseAddresses;
import dev.terrane.server.config.TerraneConfig;
import java.nio.file.Path;

/** The configured database, for a tool: that of the running server, or one that is started for the moment. */
record OpenDatabase(Database database, AutoCloseable started) implements AutoCloseable {
    static OpenDatabase of(TerraneConfig config) {
        if (!config.database().url().isEmpty()) {
            return new OpenDatabase(pool(DatabaseAddresses.configured(config.database())), () -> {});
        }
        Path data = Path.of(config.database().dataDir());
        return LocalPostgres.running(data)
                .map(address -> new OpenDatabase(pool(address), () -> {}))
                .orElseGet(() -> {
                    LocalPostgres local = LocalPostgres.start(data);
                    return new OpenDatabase(pool(local.address()), local);
                });
    }

    private static Database pool(DatabaseAddress address) {
        return new Database(address, new Database.Options("terrane-tool", 1, ""));
    }

    @Override
    public void close() {
        database.close();
        try {
            started.close();
        } catch (Exception e) {
            throw new UnusableException("the database could not be stopped again: " + e.getMessage());
        }
    }
}
