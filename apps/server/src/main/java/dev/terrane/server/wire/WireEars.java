package dev.terrane.server.wire;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEvents;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLoss;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.node.Parts;
import dev.terrane.node.PartsReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages of what links hear. Everything on the links' own thread, but for {@link #linked}. */
final class WireEars implements LinkEvents {
    private static final Logger LOG = LoggerFactory.getLogger(WireEars.class);
    private static final long LOG_PAUSE_NANOS = 60_000_000_000L;

    private final NodeHearer hearer;
    private final NodeMessageCodec codec;
    private final WireMeters meters;
    private final Clock clock;
    /** Whoever is told of a link may tell something at once; until the wire knows its links, it could not. */
    private final CountDownLatch started = new CountDownLatch(1);

    private final Map<NodeId, Peer> peers = new TreeMap<>();
    /** Outlives links: whoever connects again and again must not fill a disk. */
    private final Map<NodeId, Long> complainedNanos = new TreeMap<>();

    private volatile NavigableSet<NodeId> linked = Collections.emptyNavigableSet();

    private record Peer(long life, PartsReader[] parts) {}

    WireEars(NodeHearer hearer, NodeMessageCodec codec, WireMeters meters, Clock clock) {
        this.hearer = hearer;
        this.codec = codec;
        this.meters = meters;
        this.clock = clock;
    }

    /** In order; does not change. Any thread. */
    NavigableSet<NodeId> linked() {
        return linked;
    }

    void start() {
        started.countDown();
    }

    @Override
    public void connected(NodeId peer, LinkInfo info) {
        try {
            started.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        PartsReader[] parts = new PartsReader[Lane.values().length];
        Arrays.setAll(parts, lane -> new PartsReader(WireSettings.MESSAGE_BYTES_MAX));
        peers.put(peer, new Peer(info.life(), parts));
        publish();
        hearer.connected(peer, info.life());
    }

    @Override
    public void lost(NodeId peer, LinkLoss loss) {
        Peer gone = peers.remove(peer);
        publish();
        if (gone != null) {
            hearer.lost(peer, gone.life);
        }
    }

    @Override
    public void absent(NodeId peer) {
        hearer.absent(peer);
    }

    private void publish() {
        linked = Collections.unmodifiableNavigableSet(new TreeSet<>(peers.keySet()));
    }

    @Override
    public void received(NodeId peer, Lane lane, byte[] bytes, int offset, int length) {
        NodeMessage message = read(peer, lane, bytes, offset, length);
        if (message != null) {
            hearer.received(peer, message);
        }
    }

    private @Nullable NodeMessage read(NodeId from, Lane lane, byte[] bytes, int offset, int length) {
        Peer peer = peers.get(from);
        if (peer == null) {
            return null;
        }
        try {
            if (!Parts.isPart(bytes, offset, length)) {
                return codec.read(bytes, offset, length);
            }
            byte[] whole = peer.parts[lane.ordinal()].add(bytes, offset, length);
            return whole == null ? null : codec.read(whole, 0, whole.length);
        } catch (RuntimeException malformed) { // Whatever a peer says must not end this thread.
            meters.malformed().one();
            complain(from, malformed);
            return null;
        }
    }

    private void complain(NodeId peer, RuntimeException malformed) {
        long now = clock.nanos();
        Long before = complainedNanos.get(peer);
        if (before == null || now - before >= LOG_PAUSE_NANOS) {
            complainedNanos.put(peer, now);
            LOG.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("text", malformed.getMessage())
                    .log("a node says what cannot be read; it is dropped");
        }
    }
}
