package dev.terrane.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in without HTTP: length-framed messages over TCP, beside the WebSocket and on the same interface.
 *
 * @param port 0 picks a free one
 * @param tls null: plain TCP
 */
public record TcpSettings(int port, @Nullable TlsSettings tls) {
    TcpSettings at(int newPort) {
        return new TcpSettings(newPort, tls);
    }

    void addMistakes(List<String> found, ListenSettings http) {
        Range.check(found, "server.tcp.port", port, 0, 65_535);
        if (port != 0 && port == http.port()) {
            found.add("server.tcp.port and server.port are both %d; each needs one of its own".formatted(port));
        }
    }
}
