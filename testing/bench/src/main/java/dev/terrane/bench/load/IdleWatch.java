package dev.terrane.bench.load;

import dev.terrane.bench.load.metrics.Metrics;
import dev.terrane.bench.load.os.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much memory the server holds before and after the connections have come, each time after a full collection. */
final class IdleWatch implements ServerWatch {
    private final ServerProcess server;
    private final int connections;
    private final Memory before;
    private Memory after;

    private record Memory(double heap, double direct, double resident) {
        static Memory of(ServerProcess server) {
            server.jvm().jcmd("GC.run", List.of());
            Metrics metrics = server.metrics();
            return new Memory(
                    metrics.sum("jvm_memory_used_bytes", "area", "heap"),
                    metrics.sum("jvm_buffer_memory_used_bytes"),
                    Machine.residentBytes(server.pid()));
        }
    }

    IdleWatch(ServerProcess server, int connections) {
        this.server = server;
        this.connections = connections;
        this.before = Memory.of(server);
        this.after = before;
    }

    @Override
    public void joined() {
        after = Memory.of(server);
    }

    @Override
    public Map<String, Double> readings() {
        Map<String, Double> readings = new LinkedHashMap<>();
        readings.put("heapBytesPerConnection", (after.heap - before.heap) / connections);
        readings.put("directBytesPerConnection", (after.direct - before.direct) / connections);
        readings.put("residentBytesPerConnection", (after.resident - before.resident) / connections);
        return readings;
    }
}
