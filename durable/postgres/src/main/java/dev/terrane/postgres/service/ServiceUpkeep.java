package dev.terrane.postgres.service;

import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.Database;
import java.util.List;

/** What has to be done now and then, or a service's books grow for ever. Any thread may call it; calls block, and throw StoreUnavailableException. */
public final class ServiceUpkeep {
    private final Database database;
    private final String forget;

    public ServiceUpkeep(Database database, ServiceSchema schema) {
        this.database = database;
        this.forget = "SELECT " + schema.name() + ".forget_outcomes(now() - ? * interval '1 millisecond', ?, ?)";
    }

    /**
     * Forgets outcomes: the same request would be a new wish from then on. Must be longer than anybody retries.
     *
     * @param olderThanMillis none that is younger than a day goes, whatever this says
     * @param keep never goes: the keys of all dead letters of the service's lane
     * @param countMax at once: with tens of thousands it takes longer than a statement is given
     * @return how many went; fewer than {@code countMax}: all
     */
    public long forgetOutcomes(long olderThanMillis, List<IdempotencyKey> keep, int countMax) {
        byte[][] kept = keep.stream().map(IdempotencyKey::bytes).toArray(byte[][]::new);
        return database.transaction("forget old outcomes", connection -> {
            try (var statement = connection.prepareStatement(forget)) {
                statement.setLong(1, olderThanMillis);
                statement.setArray(2, SqlArrays.of(connection, kept));
                statement.setInt(3, countMax);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }
}
