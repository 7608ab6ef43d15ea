package dev.terrane.command;

/** Error codes that any command may be answered with; each receiver has its own beside them. */
public final class CommandErrors {
    /** No receiver knows this type. */
    public static final String UNKNOWN_COMMAND = "UNKNOWN_COMMAND";
    /** The receiver knows the type, but not this version. */
    public static final String UNKNOWN_VERSION = "UNKNOWN_VERSION";
    /** The payload is not what the type's schema says. */
    public static final String INVALID_PAYLOAD = "INVALID_PAYLOAD";
    /** The request id was used before, with another payload. */
    public static final String CONFLICT = "CONFLICT";
    /** The sender may not do this. */
    public static final String FORBIDDEN = "FORBIDDEN";
    /** The lane is full or its store is away: try the same request again later. If the connection broke at the wrong moment it was accepted all the same, and still happens once. */
    public static final String BUSY = "BUSY";
    /** The sender waits for so many results already: wait for some of them first. */
    public static final String TOO_MANY = "TOO_MANY";
    /** The command came after the time until which it was wanted: see {@link Expiring}. */
    public static final String TOO_LATE = "TOO_LATE";
    /** The command failed again and again and was put aside for an operator, who may revive it. It may have happened all the same, if only the answer did not come. */
    public static final String DEAD = "DEAD";

    private CommandErrors() {}
}
