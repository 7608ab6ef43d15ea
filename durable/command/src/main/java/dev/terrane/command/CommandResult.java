package dev.terrane.command;

/** What became of a command: exactly one of these, the same however often it is asked for. */
public sealed interface CommandResult {
    /** Carried out. @param payload JSON, at most {@link CommandLimits#RESULT_BYTES_MAX} bytes; empty: nothing to say */
    record Done(byte[] payload) implements CommandResult {}

    /**
     * Not carried out, and nothing was changed: for a reason of the game or the business, found by its rules.
     *
     * @param errorCode {@code UPPER_SNAKE}, stable: programs read it
     * @param reason says what was wrong and what to do: people read it
     * @param retryAfterMillis 0: trying the same again is of no use
     */
    record Refused(String errorCode, String reason, int retryAfterMillis) implements CommandResult {
        /** For good. */
        public Refused(String errorCode, String reason) {
            this(errorCode, reason, 0);
        }
    }
}
