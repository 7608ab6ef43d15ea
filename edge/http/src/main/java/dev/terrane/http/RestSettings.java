package dev.terrane.http;

import java.util.List;

/**
 * Limits of REST, each per client address.
 *
 * @param paths where the routes live
 * @param bodyBytesMax largest request body
 * @param requestsPerSecond sustained rate of requests under the prefix
 * @param requestBurst how many may come at once
 */
public record RestSettings(
        RestPaths paths, int bodyBytesMax, int requestsPerSecond, int requestBurst, GuestSettings guests) {

    public static RestSettings defaults() {
        return new RestSettings(RestPaths.defaults(), 16 * 1024, 100, 600, GuestSettings.defaults());
    }

    String prefix() {
        return paths.prefix();
    }

    void addMistakes(List<String> found) {
        paths.addMistakes(found);
        Range.check(found, "protocolLimits.rest.maxBodyBytes", bodyBytesMax, 256, 16 << 20);
        Range.check(found, "protocolLimits.rest.requestsPerSecond", requestsPerSecond, 1, 1_000_000);
        Range.check(found, "protocolLimits.rest.requestBurst", requestBurst, 1, 1_000_000);
        guests.addMistakes(found);
    }
}
