package dev.terrane.postgres;

import org.jspecify.annotations.Nullable;

/** The database is there and has refused a call: a constraint, a missing right, a schema of another version. Everything was rolled back. */
public final class DatabaseRefusedException extends IllegalStateException {
    private static final String UNIQUE_VIOLATION = "23505";
    private final String sqlState;

    DatabaseRefusedException(String message, @Nullable String sqlState, Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState == null ? "" : sqlState;
    }

    /** Whether a row with the same key is there already: somebody else was faster. */
    public boolean isDuplicate() {
        return sqlState.equals(UNIQUE_VIOLATION);
    }

    /** Five characters, as the SQL standard and PostgreSQL's appendix A list them. */
    public String sqlState() {
        return sqlState;
    }
}
