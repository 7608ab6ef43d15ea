package dev.terrane.link.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEvents;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkLoss;
import dev.terrane.link.LinkTimes;
import dev.terrane.link.VersionWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A node with links and nothing else, which keeps what it is told as lines of text. */
final class TestNode implements LinkEvents, AutoCloseable {
    /** Generous: it is reached only when something never happens. */
    static final long PATIENCE_SECONDS = 60;

    private static final long MILLI = 1_000_000;
    /** Impatient with dials, very patient with slow machines. */
    static final LinkTimes TIMES = new LinkTimes(200 * MILLI, 60_000 * MILLI, 120_000 * MILLI, 20 * MILLI, 500 * MILLI);

    private static final AtomicLong LIVES = new AtomicLong(1);

    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final TestMeters meters = new TestMeters();
    final NodeId id;
    final Links links;

    TestNode(Path folder, String name) {
        this(
                folder,
                new LinkHello("test", new NodeId(name), LIVES.getAndIncrement(), List.of("sim"), LinkHello.VERSIONS));
    }

    TestNode(Path folder, LinkHello self) {
        this(self, ClusterCertificates.in(folder, "test", Clock.system()).of(self.node()), LinkLimits.defaults());
    }

    TestNode(LinkHello self, LinkFiles files, LinkLimits limits) {
        id = self.node();
        LinkPorts ports = new LinkPorts(Clock.system(), meters, this);
        links = Links.open(new LinkOptions(self, new LinkAddress("127.0.0.1", 0), files, limits, TIMES, ports));
    }

    static LinkHello hello(String cluster, String name, int versionMin, int versionMax) {
        return new LinkHello(
                cluster,
                new NodeId(name),
                LIVES.getAndIncrement(),
                List.of(),
                new VersionWindow(versionMin, versionMax));
    }

    LinkAddress address() {
        return new LinkAddress("127.0.0.1", links.port());
    }

    void dial(TestNode other) {
        links.dial(other.id, other.address());
    }

    boolean offer(TestNode to, Lane lane, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return links.offer(to.id, lane, bytes, 0, bytes.length);
    }

    /** The next line that begins like this; others before it are passed over. */
    String await(String beginning) throws InterruptedException {
        long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        StringBuilder passed = new StringBuilder();
        while (true) {
            String line = told.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("node " + id + " was never told '" + beginning + "', but" + passed);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
            passed.append("\n  ").append(line);
        }
    }

    @Override
    public void connected(NodeId peer, LinkInfo info) {
        told.add("connected " + peer + " life " + info.life());
    }

    @Override
    public void received(NodeId peer, Lane lane, byte[] bytes, int offset, int length) {
        told.add("received " + peer + " " + lane + " " + new String(bytes, offset, length, UTF_8));
    }

    @Override
    public void lost(NodeId peer, LinkLoss loss) {
        told.add("lost " + peer + " " + loss.why());
    }

    @Override
    public void absent(NodeId peer) {
        told.add("absent " + peer);
    }

    @Override
    public void refused(String who, LinkLoss loss) {
        told.add("refused " + loss.why() + " " + loss.text());
    }

    @Override
    public void close() {
        links.close();
    }
}
