package dev.terrane.bench.load;

import java.util.Map;

/** What a scenario asks of the server while bots are connected, beside what they find. One per run. */
interface ServerWatch extends BotRun.Steps {
    /** After the run: what it saw, by key. */
    Map<String, Double> readings();

    /** Sees nothing. */
    static ServerWatch none() {
        return Map::of;
    }
}
