package dev.terrane.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The port to what REST tells about the server. */
public interface ServerReport {
    /** In place of a number that only other nodes know. */
    int NOT_KNOWN = -1;

    /** Any event loop; it must not block. */
    ServerFacts facts();

    /** Any event loop; it must not block. */
    List<WorldStatus> worlds();

    /** The cells of a world in their order; empty when there is no such world. Any event loop; it must not block. */
    Optional<List<CellStatus>> cells(String world);

    /** The WebAssembly module by which this world moves avatars; empty when there is none, or no such world. Any event loop; it must not block. */
    default Optional<byte[]> movementRule(String world) {
        return Optional.empty();
    }

    /** The types of this world as JSON, for whoever makes clients of it; empty when there is no such world. Any event loop; it must not block. */
    default Optional<byte[]> types(String world) {
        return Optional.empty();
    }

    /** Prometheus text. A worker thread; it may take its time. */
    String metricsText();

    /** Whether players can be served: cells tick and the store answers. A worker thread; it may take its time. */
    Readiness readiness();

    /** Whether this process is being emptied, before a planned stop; waits for nothing. */
    default boolean draining() {
        return false;
    }

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

    /**
     * @param partition kind and measures, for people
     * @param entities or {@link #NOT_KNOWN}
     * @param pace null where only other nodes know it
     */
    record WorldStatus(
            String name,
            String partition,
            int players,
            int cells,
            int entities,
            @Nullable PaceStatus pace) {}

    /**
     * What a world that cannot keep up leaves out.
     *
     * @param degradation the last step that was taken: normal, opportunistic, far_rings, split or dilation
     * @param dilation simulated time per real time, 1 to 0.1
     */
    record PaceStatus(String degradation, double dilation) {}

    /**
     * @param region two numbers, as the partition counts
     * @param layer of that region, from 0
     * @param worker thread that ticks it, empty while it restarts; or the node that owns it, where that is another one
     * @param players or {@link #NOT_KNOWN}, as entities
     * @param crowded over its limits, and nothing helped yet, as far as known here
     * @param tick null where only other nodes know it
     */
    record CellStatus(
            String region,
            int layer,
            String worker,
            int players,
            int entities,
            boolean crowded,
            @Nullable TickStatus tick) {}

    /** @param p99Micros of the last hundred ticks */
    record TickStatus(long number, long averageMicros, long p99Micros) {}

    /** @param reason what is missing; empty when ready */
    record Readiness(boolean ready, String reason) {}
}
