package dev.terrane.coordinator;

/**
 * One entry of the log: a command, and who answers for it.
 *
 * @param givenTerm leadership under which it was decided: refused when another leads by the time it is applied; 0 for what is true under any, as a node's introduction
 * @param atMillis Unix time of whoever put it into the log, for those who look back; 0: not said. Decides nothing but when used transfer tokens are forgotten
 * @param author for the audit: {@code node sim-1}, {@code leader c2}, {@code admin alice}
 * @param reason for the audit; an {@linkplain #isAdmin administrator} has to give one
 */
public record Entry(long givenTerm, long atMillis, String author, String reason, Command command) {
    static final int TEXT_LENGTH_MAX = 200;
    private static final String ADMIN = "admin ";

    public Entry {
        if (author.length() > TEXT_LENGTH_MAX || reason.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "author and reason must have at most " + TEXT_LENGTH_MAX + " characters");
        }
    }

    /** Whoever puts it into the log says when. */
    public Entry(long givenTerm, String author, String reason, Command command) {
        this(givenTerm, 0, author, reason, command);
    }

    /** What a leader decides. */
    public static Entry of(long givenTerm, Command command) {
        return new Entry(givenTerm, "", "", command);
    }

    /** The same, put into the log now. */
    public Entry at(long epochMillis) {
        return new Entry(givenTerm, epochMillis, author, reason, command);
    }

    /** The same, in somebody's name; texts that are too long are cut. */
    public Entry by(String newAuthor, String newReason) {
        return new Entry(givenTerm, atMillis, cut(newAuthor), cut(newReason), command);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), TEXT_LENGTH_MAX));
    }

    boolean isAdmin() {
        return isAdmin(author);
    }

    static boolean isAdmin(String author) {
        return author.startsWith(ADMIN);
    }
}
