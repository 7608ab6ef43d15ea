package dev.terrane.coordinator;

/**
 * One line of the steward's memory, for operators.
 *
 * @param index counts all commands ever applied, from 1
 * @param atMillis Unix time, see {@link Entry#atMillis}
 * @param author who gave it; empty: the leader itself
 * @param text the command and what became of it
 */
public record AuditEntry(long index, long term, long atMillis, String author, String reason, String text) {
    boolean isAdmin() {
        return Entry.isAdmin(author);
    }
}
