package dev.terrane.http;

import java.util.List;

/**
 * Limits of REST, each per client address.
 *
 * @param prefix where the routes live
 * @param bodyBytesMax largest request body
 * @param requestsPerSecond sustained rate of requests under the prefix
 * @param requestBurst how many may come at once
 * @param guestsPerMinute sustained rate of guest tokens
 * @param guestBurst how many guest tokens may be taken at once
 */
public record RestSettings(
        String prefix, int bodyBytesMax, int requestsPerSecond, int requestBurst, int guestsPerMinute, int guestBurst) {

    /** Wide enough that some hundred bots of one machine get their tokens at once. */
    public static RestSettings defaults() {
        return new RestSettings("/api/v1", 16 * 1024, 100, 600, 120, 500);
    }

    void addMistakes(List<String> found) {
        Range.checkPath(found, "server.restPrefix", prefix);
        Range.check(found, "protocolLimits.rest.maxBodyBytes", bodyBytesMax, 256, 16 << 20);
        Range.check(found, "protocolLimits.rest.requestsPerSecond", requestsPerSecond, 1, 1_000_000);
        Range.check(found, "protocolLimits.rest.requestBurst", requestBurst, 1, 1_000_000);
        Range.check(found, "protocolLimits.rest.guestsPerMinute", guestsPerMinute, 1, 1_000_000);
        Range.check(found, "protocolLimits.rest.guestBurst", guestBurst, 1, 1_000_000);
    }
}
