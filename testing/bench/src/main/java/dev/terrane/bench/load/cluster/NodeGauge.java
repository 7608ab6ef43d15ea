package dev.terrane.bench.load.cluster;

import dev.terrane.bench.load.metrics.Metrics;
import dev.terrane.bench.load.os.CpuClock;
import dev.terrane.server.cli.cluster.NodeFacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What nodes have used up so far: processor time as the operating system counts it, bytes as they count them themselves. */
final class NodeGauge {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How HotSpot's threads begin. */
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

    private NodeGauge() {}

    /**
     * Since the nodes' starts.
     *
     * @param cpuMicros of all their threads, to a hundredth of a second
     * @param compilerMicros of those, of threads that turn bytecode into machine code and run now: what a JVM needs while it is young
     * @param linkBytes sent to other nodes, before TLS
     * @param standbyBytes of those, for copies of cells
     */
    record Reading(double cpuMicros, double compilerMicros, double linkBytes, double standbyBytes) {
        Reading since(Reading earlier) {
            return new Reading(
                    cpuMicros - earlier.cpuMicros,
                    Math.max(0, compilerMicros - earlier.compilerMicros), // one of them may have ended
                    linkBytes - earlier.linkBytes,
                    standbyBytes - earlier.standbyBytes);
        }
    }

    /** All of them together. @throws IllegalStateException if one does not answer */
    static Reading of(HttpClient http, Collection<NodeFacts> nodes) throws InterruptedException {
        double cpuMicros = 0;
        double compilerMicros = 0;
        double linkBytes = 0;
        double standbyBytes = 0;
        for (NodeFacts node : nodes) {
            cpuMicros += CpuClock.of(node.process().pid()).read().totalMicros();
            for (String compiler : COMPILERS) {
                compilerMicros +=
                        CpuClock.ofThreads(node.process().pid(), compiler).totalMicros();
            }
            Metrics metrics = metrics(http, node);
            linkBytes += metrics.sum("link_sent_bytes_total");
            standbyBytes += metrics.sum("standby_sent_bytes_total");
        }
        return new Reading(cpuMicros, compilerMicros, linkBytes, standbyBytes);
    }

    private static Metrics metrics(HttpClient http, NodeFacts node) throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + node.ports().http() + "/metrics");
        try {
            var answer = http.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return Metrics.parse(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(node.name() + " does not tell its metrics: " + e, e);
        }
    }
}
