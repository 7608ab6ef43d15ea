package dev.terrane.http;

import java.util.List;

/** The one sentence about a number that is out of range. */
final class Range {
    private Range() {}

    static void check(List<String> found, String key, long value, long min, long max) {
        if (value < min || value > max) {
            found.add("%s = %d is outside %d to %d".formatted(key, value, min, max));
        }
    }

    static void checkPath(List<String> found, String key, String path) {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            found.add("%s = %s is not a path such as /ws or /api/v1".formatted(key, path));
        }
    }
}
