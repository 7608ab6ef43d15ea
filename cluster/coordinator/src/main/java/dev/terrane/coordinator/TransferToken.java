package dev.terrane.coordinator;

/**
 * The right to arrive elsewhere, once.
 *
 * @param id not to be guessed; the id of the token that the client carries
 * @param subject the character
 * @param destination cluster and world that may redeem it
 */
public record TransferToken(String id, String subject, String destination, long expiresAtMillis) {
    static final int TEXT_LENGTH_MAX = 128;

    public TransferToken {
        if (id.isEmpty()
                || id.length() > TEXT_LENGTH_MAX
                || subject.length() > TEXT_LENGTH_MAX
                || destination.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a token's id, subject and destination must have at most " + TEXT_LENGTH_MAX + " characters");
        }
    }

    /** Enough to recognise it by, and too little to use it. */
    static String beginning(String id) {
        return id.substring(0, Math.min(4, id.length())) + "…";
    }

    @Override
    public String toString() {
        return "TransferToken[" + beginning(id) + " of " + subject + " to " + destination + "]";
    }
}
