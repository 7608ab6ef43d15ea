package dev.terrane.http;

import java.time.Duration;
import java.util.List;

/**
 * Who may come as a guest; the rates are per client address.
 *
 * @param open false: no token for anybody, players bring their own
 * @param refreshTtl how long after its expiry a guest's token may be exchanged for a new one of the same character
 * @param perMinute sustained rate of tokens
 * @param burst how many may be taken at once
 */
public record GuestSettings(boolean open, Duration refreshTtl, int perMinute, int burst) {
    /** Wide enough that some hundred bots of one machine get their tokens at once. */
    public static GuestSettings defaults() {
        return new GuestSettings(true, Duration.ofDays(7), 120, 500);
    }

    void addMistakes(List<String> found) {
        Range.check(
                found,
                "auth.jwt.refreshTtl",
                refreshTtl.toSeconds(),
                0,
                Duration.ofDays(365).toSeconds());
        Range.check(found, "protocolLimits.guestsPerMinute", perMinute, 1, 1_000_000);
        Range.check(found, "protocolLimits.guestBurst", burst, 1, 1_000_000);
    }
}
