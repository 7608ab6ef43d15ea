package dev.terrane.standby;

/** What a standby answers. */
public sealed interface Reply {
    long stream();

    /**
     * Everything up to this tick is here and was carried out.
     *
     * @param remembersFacts whether it could hand out again whatever is not stored yet: false for a short while after a base that told of facts on their way, or for as long as the store
     *     is away
     */
    record Follows(long stream, long tick, boolean remembersFacts) implements Reply {}

    /** It cannot go on: send a base. @param why for the log */
    record Again(long stream, String why) implements Reply {}
}
