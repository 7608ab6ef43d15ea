package dev.terrane.plugin;

import org.jspecify.annotations.Nullable;

/** What a {@link CommandHandler} made of a command. */
public sealed interface CommandOutcome {
    /**
     * Carried out.
     *
     * @param answer for the client, null: nothing to say
     * @param kept handles of all entities that the handler changed: as they are at the end of the tick they survive a crash
     */
    record Done(@Nullable Record answer, long[] kept) implements CommandOutcome {}

    /**
     * Not carried out; the handler changed nothing.
     *
     * @param errorCode {@code UPPER_SNAKE}, stable: programs read it
     * @param reason what was wrong and what to do: people read it
     * @param retryAfterMillis 0: trying the same again is of no use
     */
    record Refused(String errorCode, String reason, int retryAfterMillis) implements CommandOutcome {}

    /** @param kept see {@link Done} */
    static CommandOutcome done(@Nullable Record answer, long... kept) {
        return new Done(answer, kept);
    }

    /** For good. */
    static CommandOutcome refused(String errorCode, String reason) {
        return new Refused(errorCode, reason, 0);
    }
}
