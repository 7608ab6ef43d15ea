package dev.terrane.coordinator;

/**
 * One entry of the log: a command, and who answers for it.
 *
 * @param givenTerm leadership under which it was decided: refused when another leads by the time it is applied; 0 for what is true under any, as a node's introduction
 * @param author for the audit: {@code node sim-1}, {@code leader c2}, {@code admin alice}
 * @param reason for the audit; an {@linkplain #isAdmin administrator} has to give one
 */
public record Entry(long givenTerm, String author, String reason, Command command) {
    static final int TEXT_LENGTH_MAX = 200;
    private static final String ADMIN = "admin ";

    public Entry {
        if (author.length() > TEXT_LENGTH_MAX || reason.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "author and reason must have at most " + TEXT_LENGTH_MAX + " characters");
        }
    }

    /** What a leader decides. */
    public static Entry of(long givenTerm, Command command) {
        return new Entry(givenTerm, "", "", command);
    }

    boolean isAdmin() {
        return author.startsWith(ADMIN);
    }
}
