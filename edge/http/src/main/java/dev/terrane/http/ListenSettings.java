package dev.terrane.http;

import java.util.List;

/**
 * Where the door stands.
 *
 * @param host name or address of the interface, {@code 0.0.0.0} for all
 * @param port 0 picks a free one
 */
public record ListenSettings(String host, int port) {
    void addMistakes(List<String> found) {
        if (host.isBlank()) {
            found.add("server.host is empty; name an interface, for example 127.0.0.1 or 0.0.0.0");
        }
        Range.check(found, "server.port", port, 0, 65_535);
    }
}
