package dev.terrane.postgres.service;

import dev.terrane.postgres.Database;

/**
 * What has to be done now and then, or a service's books grow for ever. Any thread may call it; calls block, and throw StoreUnavailableException. Call it often: what has
 * gathered in weeks may take longer than a statement is given.
 */
public final class ServiceUpkeep {
    private final Database database;
    private final String forget;

    public ServiceUpkeep(Database database, ServiceSchema schema) {
        this.database = database;
        this.forget = "SELECT " + schema.name() + ".forget_outcomes(now() - :millis * interval '1 millisecond')";
    }

    /**
     * Forgets outcomes: the same request would be a new wish from then on. Must be longer than anybody retries, and than a dead letter may lie about.
     *
     * @param olderThanMillis none that is younger than a day goes, whatever this says
     * @return how many went
     */
    public long forgetOutcomes(long olderThanMillis) {
        return database.call(
                "forget old outcomes",
                handle -> handle.createQuery(forget)
                        .bind("millis", olderThanMillis)
                        .mapTo(Long.class)
                        .one());
    }
}
