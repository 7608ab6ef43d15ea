package dev.terrane.http;

import java.util.List;

/** The port to what REST tells about the server. */
public interface ServerReport {
    /** Any event loop; it must not block. */
    ServerFacts facts();

    /** Any event loop; it must not block. */
    List<WorldStatus> worlds();

    /** Prometheus text. A worker thread; it may take its time. */
    String metricsText();

    /** Whether players can be served: cells tick and the store answers. A worker thread; it may take its time. */
    Readiness readiness();

    /**
     * What never changes while the server runs.
     *
     * @param protocol major.minor of the client protocol
     * @param environment dev, stage or prod
     */
    record ServerFacts(
            String version,
            String protocol,
            String environment,
            int simulationHz,
            int snapshotHz,
            List<String> worlds) {}

    /** @param partition kind and measures, for people */
    record WorldStatus(String name, String partition, int players, int cells, int entities) {}

    /** @param reason what is missing; empty when ready */
    record Readiness(boolean ready, String reason) {}
}
