package dev.terrane.postgres;

import dev.terrane.checkpoint.CharacterStore;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.GrantStore;

/**
 * Everything a world keeps in Postgres. Any thread may use it; calls block for a few seconds at most.
 */
public final class PostgresStore implements AutoCloseable {
    private final Database database;
    private final CheckpointStore checkpoints;
    private final CharacterStore characters;
    private final PostgresGrantStore grants;

    private PostgresStore(Database database) {
        this.database = database;
        this.checkpoints = new PostgresCheckpointStore(database);
        this.characters = new PostgresCharacterStore(database);
        this.grants = new PostgresGrantStore(database);
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @throws dev.terrane.checkpoint.StoreUnavailableException if the database cannot be reached
     * @throws IllegalStateException if its schema is of a newer version, or has been changed by hand
     */
    public static PostgresStore open(DatabaseAddress address) {
        Migrations.apply(address);
        return new PostgresStore(new Database(address));
    }

    /** @param url {@code jdbc:postgresql://host:port/database} */
    public static PostgresStore open(String url, String user, String password) {
        return open(new DatabaseAddress(url, user, password));
    }

    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    public CharacterStore characters() {
        return characters;
    }

    public GrantStore grants() {
        return grants;
    }

    /** The same numbers, given by the coordinators' log instead. */
    public FenceStore fences() {
        return grants;
    }

    /** @param outgoing takes the commands and events that cells send, in the journal's transaction */
    public JournalStore journal(TickOutgoing outgoing) {
        return new PostgresJournalStore(database, outgoing);
    }

    /** The pool of connections, for what else is kept in the schema {@code terrane}. */
    public Database database() {
        return database;
    }

    /** Asks the database for an answer: for readiness. Throws StoreUnavailableException when there is none. */
    public void probe() {
        database.run("probe", handle -> handle.execute("SELECT 1"));
    }

    @Override
    public void close() {
        database.close();
    }
}
