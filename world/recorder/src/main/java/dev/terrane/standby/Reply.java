package dev.terrane.standby;

/** What a standby answers. */
public sealed interface Reply {
    long stream();

    /** Everything up to this tick is here and was carried out. */
    record Follows(long stream, long tick) implements Reply {}

    /** It cannot go on: send a base. @param why for the log */
    record Again(long stream, String why) implements Reply {}
}
