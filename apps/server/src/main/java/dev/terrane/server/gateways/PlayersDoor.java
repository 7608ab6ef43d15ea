package dev.terrane.server.gateways;

import dev.terrane.http.HttpDoor;
import dev.terrane.http.HttpPorts;
import dev.terrane.http.HttpServerSettings;
import dev.terrane.http.RunningHttp;

/** Where players come in, while it is open. */
public interface PlayersDoor extends AutoCloseable {
    /** That clients connect to. */
    int port();

    /** Tells everybody inside to come again later. */
    @Override
    void close();

    /** Opens a door; blocks until it is open. */
    @FunctionalInterface
    interface Opener {
        /** @throws IllegalStateException when its address cannot be listened on */
        PlayersDoor open(HttpPorts ports);
    }

    /** WebSockets and REST. */
    static PlayersDoor http(HttpServerSettings settings, HttpPorts ports) {
        RunningHttp running = HttpDoor.start(settings, ports);
        return new PlayersDoor() {
            @Override
            public int port() {
                return running.port();
            }

            @Override
            public void close() {
                running.close();
            }
        };
    }
}
