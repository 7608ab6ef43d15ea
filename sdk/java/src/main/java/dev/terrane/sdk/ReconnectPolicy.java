package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a lost connection is tried again.
 *
 * @param attemptCountMax in a row without success; 0 for never again
 */
public record ReconnectPolicy(long firstDelayMillis, long delayMillisMax, int attemptCountMax) {
    public static final ReconnectPolicy DEFAULT = new ReconnectPolicy(250, 10_000, Integer.MAX_VALUE);
    public static final ReconnectPolicy NEVER = new ReconnectPolicy(0, 0, 0);

    /** Errors after which the same attempt would only fail again. */
    private static final Set<ErrorCode> FINAL = EnumSet.of(
            ErrorCode.VERSION_MISMATCH,
            ErrorCode.UNKNOWN_WORLD,
            ErrorCode.INVALID_NAME,
            ErrorCode.SESSION_REPLACED,
            ErrorCode.FORBIDDEN_ORIGIN,
            ErrorCode.KICKED);

    public ReconnectPolicy {
        if (firstDelayMillis < 0 || delayMillisMax < firstDelayMillis || attemptCountMax < 0) {
            throw new IllegalArgumentException("delays of " + firstDelayMillis + " to " + delayMillisMax + " ms and "
                    + attemptCountMax + " attempts are no policy");
        }
    }

    /** Exponential, half of it random, so that a crowd does not come back at once. {@code attempt} counts from 0. */
    long delayMillis(int attempt, double random) {
        double full = Math.min(delayMillisMax, firstDelayMillis * (double) (1L << Math.min(attempt, 30)));
        return (long) (full / 2 + full / 2 * random);
    }

    /** @param canRenewToken a guest gets a new token when the old one is refused */
    static boolean isWorthRetrying(ErrorCode error, boolean canRenewToken) {
        return error == ErrorCode.UNAUTHORIZED || error == ErrorCode.TOKEN_EXPIRED
                ? canRenewToken
                : !FINAL.contains(error);
    }
}
