package dev.terrane.command;

/** What became of a command: exactly one of these, the same however often it is asked for. */
public sealed interface CommandResult {
    /** Carried out. @param payload JSON, at most {@link CommandLimits#RESULT_BYTES_MAX} bytes; empty: nothing to say */
    record Done(byte[] payload) implements CommandResult {
        /** @throws IllegalArgumentException if the payload is too long, as a bug of the handler whose result it is: no store would give it back */
        public Done {
            if (payload.length > CommandLimits.RESULT_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "a result of " + payload.length + " bytes is longer than " + CommandLimits.RESULT_BYTES_MAX);
            }
        }
    }

    /**
     * Not carried out, and nothing was changed: for a reason of the game or the business, found by its rules. The lane's own {@link CommandErrors#BUSY} and {@link CommandErrors#DEAD} promise less:
     * it may have happened, or happen yet.
     *
     * @param errorCode {@code UPPER_SNAKE}, stable: programs read it
     * @param reason says what was wrong and what to do: people read it. It may quote what a client wrote, so control characters become blanks, and what is beyond
     *     {@link CommandLimits#REASON_CHARS_MAX} characters is cut off: else a store might refuse the record
     * @param retryAfterMillis 0: trying the same again is of no use
     */
    record Refused(String errorCode, String reason, int retryAfterMillis) implements CommandResult {
        public Refused {
            reason = readable(reason);
        }

        /** For good. */
        public Refused(String errorCode, String reason) {
            this(errorCode, reason, 0);
        }

        private static String readable(String text) {
            if (CommandLimits.isName(text, CommandLimits.REASON_CHARS_MAX)) {
                return text;
            }
            StringBuilder kept =
                    new StringBuilder(text.substring(0, Math.min(text.length(), CommandLimits.REASON_CHARS_MAX)));
            for (int i = 0; i < kept.length(); i++) {
                if (kept.charAt(i) < ' ') {
                    kept.setCharAt(i, ' ');
                }
            }
            return kept.toString();
        }
    }
}
