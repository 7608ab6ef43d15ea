package dev.terrane.command;

/** What a command may be at most. */
public final class CommandLimits {
    /** Enough for a name, an id or both. */
    public static final int KEY_CHARS_MAX = 128;
    /** A UUID with room to spare. */
    public static final int REQUEST_ID_CHARS_MAX = 64;
    /** A trade of dozens of stacks; larger things are not commands. */
    public static final int PAYLOAD_BYTES_MAX = 8 * 1024;
    /** What a result may carry. */
    public static final int RESULT_BYTES_MAX = 8 * 1024;
    /** What an event tells. */
    public static final int EVENT_BYTES_MAX = 64 * 1024;
    /** Letters of the code of a refusal. */
    public static final int ERROR_CODE_CHARS_MAX = 64;
    /** A sentence or two for people. */
    public static final int REASON_CHARS_MAX = 1024;
    /** Retries of infrastructure faults, and of handlers that threw, before a command is dead (H6). */
    public static final int RETRY_COUNT_MAX = 5;
    /** Commands in one append to a lane: what a busy server gathers while the store writes the append before. */
    public static final int APPEND_COUNT_MAX = 2048;
    /** Settlements of a partition whose results are kept for a restart; at 250 ms each about two minutes. Older ones their clients ask for again. */
    public static final int ANSWER_BATCH_COUNT_MAX = 512;
    /** Commands in one batch of a partition. */
    public static final int BATCH_COUNT_MAX = 512;

    /** Payloads of a lane's commands that wait in memory to be appended, beside their count: what a server of 2 GiB can spare for several lanes. */
    public static final long QUEUE_BYTES_MAX = 32L * 1024 * 1024;
    /** Results in memory that their clients have not acknowledged, beside their count. */
    public static final long DESK_BYTES_MAX = 128L * 1024 * 1024;

    private CommandLimits() {}

    /** Whether it is 1 to {@code charsMax} characters without control characters: those would not survive every store. */
    public static boolean isName(String text, int charsMax) {
        if (text.isEmpty() || text.length() > charsMax) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    /**
     * @param what for the message: "a request id"
     * @throws IllegalArgumentException if it is no {@link #isName name}: a bug of the caller
     */
    public static void requireName(String what, String text, int charsMax) {
        if (!isName(text, charsMax)) {
            throw new IllegalArgumentException(
                    what + " needs 1 to " + charsMax + " characters and no control characters: '" + text + "'");
        }
    }
}
