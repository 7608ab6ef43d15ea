package dev.terrane.server.wire;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.link.Lane;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.link.door.LinkOptions;
import dev.terrane.link.door.LinkPorts;
import dev.terrane.link.door.Links;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.node.NodePost;
import dev.terrane.node.Parts;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A node's post over links. Open it, give it to whoever tells, then {@link #start} it with whoever hears: nothing is heard, nobody is linked and telling answers false before.
 *
 * <p><b>Threading.</b> {@link #tell}, {@link #flush} and {@link #linked} by any thread, also within a tick: they encode and copy, and never wait for a network. The hearer is called by one thread, that of the links.
 *
 * <p><b>Order.</b> Between {@code connected} and {@code lost} of a node, messages of one lane come in the order in which one thread has told them, each once; which lane a message takes says {@link Lanes}.
 */
public final class Wire implements NodePost, AutoCloseable {
    /** A thread's room for what it says grows up to this and is kept; for longer messages it is made and given back. */
    private static final int KEPT_BYTES_MAX = 4 << 20;
    /** What a link adds to a message, at most. */
    private static final int FRAME_BYTES = 16;

    private final WireSettings settings;
    private final NodeMessageCodec codec;
    private final Clock clock;
    private final Meters meters;
    private final WireMeters counts;
    private final ThreadLocal<ByteWriter> scratch = ThreadLocal.withInitial(() -> new ByteWriter(1_024));
    /** Parts of two messages must not mix. Long messages are rare: one at a time. */
    private final ReentrantLock cutting = new ReentrantLock();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Running running;

    private record Running(Links links, WireEars ears, OwnPost own) {}

    private Wire(WireSettings settings, NodeMessageCodec codec, Clock clock, Meters meters) {
        this.settings = settings;
        this.codec = codec;
        this.clock = clock;
        this.meters = meters;
        this.counts = WireMeters.of(meters);
    }

    /** @param world null for a node that has nothing to do with cells, as a coordinator */
    public static Wire open(WireSettings settings, NodeMessageCodec.@Nullable World world, Clock clock, Meters meters) {
        return new Wire(settings, new NodeMessageCodec(world), clock, meters);
    }

    /**
     * Listens. Once. Blocks until connections are accepted.
     *
     * @throws IllegalStateException when the certificates cannot be used or the address cannot be listened on
     */
    public synchronized void start(NodeHearer hearer) {
        if (running != null) {
            throw new IllegalStateException("the wire of node " + self() + " was started before");
        }
        WireEars ears = new WireEars(hearer, codec, counts, clock);
        Links links = Links.open(new LinkOptions(
                settings.self(),
                settings.listen(),
                settings.files(),
                settings.limits(),
                settings.times(),
                new LinkPorts(clock, meters, ears)));
        OwnPost own = new OwnPost(self(), hearer, links::execute);
        meters.gauge("wire_own_messages", own::size);
        running = new Running(links, ears, own);
        ears.start();
    }

    public NodeId self() {
        return settings.self().node();
    }

    /** Where other nodes reach this one. @throws IllegalStateException before {@link #start} */
    public int port() {
        return links().port();
    }

    /** From now on there should be a link to that node; another address takes the place of an earlier one. After {@link #start}. */
    public void dial(NodeId peer, String host, int port) {
        links().dial(peer, new LinkAddress(host, port));
    }

    /** Ends the link to that node, if there is one, and dials it no more. After {@link #start}. */
    public void forget(NodeId peer) {
        links().forget(peer);
    }

    private Links links() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the wire of node " + self() + " has not been started");
        }
        return now.links;
    }

    @Override
    public boolean tell(NodeId to, NodeMessage message) {
        Running now = running;
        if (now == null) {
            return false;
        }
        if (to.equals(self())) {
            boolean left = now.own.leave(message);
            counts.ownFull().add(left ? 0 : 1);
            return left;
        }
        if (!now.ears.linked().contains(to)) {
            return false;
        }
        ByteWriter out = scratch.get().clear();
        codec.write(message, out);
        Lane lane = Lanes.of(message, out.size(), settings.limits().controlMessageBytesMax());
        boolean fits = out.size() <= messageBytesMax(lane);
        boolean left = fits
                ? now.links.offer(to, lane, out.array(), 0, out.size())
                : cut(now.links, to, lane, out.array(), out.size());
        if (out.array().length > KEPT_BYTES_MAX) {
            scratch.remove();
        }
        return left;
    }

    private int messageBytesMax(Lane lane) {
        return lane == Lane.CONTROL
                ? settings.limits().controlMessageBytesMax()
                : settings.limits().dataMessageBytesMax();
    }

    private int queueBytesMax(Lane lane) {
        return lane == Lane.CONTROL
                ? settings.limits().controlQueueBytesMax()
                : settings.limits().dataQueueBytesMax();
    }

    /** All parts or none; should others take the room meanwhile, what has been left is forgotten by the other node. */
    private boolean cut(Links links, NodeId to, Lane lane, byte[] message, int bytes) {
        if (bytes > WireSettings.MESSAGE_BYTES_MAX) {
            counts.tooLong().one();
            return false;
        }
        int partBytesMax = messageBytesMax(lane);
        int count = Parts.count(bytes, partBytesMax);
        long needed = Parts.bytes(bytes, partBytesMax) + (long) FRAME_BYTES * count;
        cutting.lock();
        try {
            boolean left = needed <= queueBytesMax(lane) - links.queueBytes(to, lane);
            byte[] part = new byte[left ? partBytesMax : 0];
            for (int index = 0; index < count && left; index++) {
                int length = Parts.cut(message, bytes, index, part);
                left = links.offer(to, lane, part, 0, length);
            }
            counts.noRoom().add(left ? 0 : 1);
            return left;
        } finally {
            cutting.unlock();
        }
    }

    @Override
    public void flush() {
        Running now = running;
        if (now != null) {
            now.links.flush();
            now.own.flush();
        }
    }

    /** Bytes that wait for that node. Any thread. */
    public int queueBytes(NodeId peer, Lane lane) {
        Running now = running;
        return now == null ? 0 : now.links.queueBytes(peer, lane);
    }

    @Override
    public Set<NodeId> linked() {
        Running now = running;
        return now == null ? Set.of() : now.ears.linked();
    }

    /** Says goodbye to everybody and stops; the second time it does nothing. Not from within a call of the hearer: it waits for those. */
    @Override
    public void close() {
        Running now = running;
        if (now != null && closed.compareAndSet(false, true)) {
            now.links.close();
        }
    }
}
