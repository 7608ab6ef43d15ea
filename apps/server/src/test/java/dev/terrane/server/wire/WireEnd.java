package dev.terrane.server.wire;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkTimes;
import dev.terrane.link.door.ClusterCertificates;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.server.world.CountedMeters;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node that is nothing but a wire, and keeps what it hears. */
final class WireEnd implements NodeHearer, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final long MILLI = 1_000_000;
    /** Impatient with dials, very patient with slow machines. */
    static final LinkTimes TIMES = new LinkTimes(200 * MILLI, 60_000 * MILLI, 120_000 * MILLI, 20 * MILLI, 500 * MILLI);

    final Wire wire;
    private final CountedMeters counts = new CountedMeters();
    final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    record Connected(NodeId peer, long life) {}

    record Lost(NodeId peer, long life) {}

    record Heard(NodeId peer, NodeMessage message, Thread by) {}

    WireEnd(Path folder, String name, long life) {
        this(settings(folder, name, life, 0, WireSettings.LIMITS));
    }

    WireEnd(Path folder, String name, long life, LinkLimits limits) {
        this(settings(folder, name, life, 0, limits));
    }

    WireEnd(Path folder, String name, long life, int port) {
        this(settings(folder, name, life, port, WireSettings.LIMITS));
    }

    private WireEnd(WireSettings settings) {
        wire = Wire.open(settings, null, Clock.system(), counts);
        wire.start(this);
    }

    long counted(String name) {
        return counts.of(name);
    }

    static WireSettings settings(Path folder, String name, long life, int port, LinkLimits limits) {
        NodeId node = new NodeId(name);
        return new WireSettings(
                new LinkHello("test", node, life, List.of("sim"), LinkHello.VERSIONS),
                new LinkAddress("127.0.0.1", port),
                ClusterCertificates.in(folder, "test", Clock.system()).of(node),
                limits,
                TIMES);
    }

    void dial(WireEnd other) {
        wire.dial(other.wire.self(), "127.0.0.1", other.wire.port());
    }

    /** The next of that kind; others before it are passed over. */
    <T> T await(Class<T> kind) throws InterruptedException {
        long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Object next = heard.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError(wire.self() + " never heard " + kind.getSimpleName());
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    @Override
    public void connected(NodeId peer, long life) {
        heard.add(new Connected(peer, life));
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        heard.add(new Heard(peer, message, Thread.currentThread()));
    }

    @Override
    public void lost(NodeId peer, long life) {
        heard.add(new Lost(peer, life));
    }

    @Override
    public void close() {
        wire.close();
    }
}
