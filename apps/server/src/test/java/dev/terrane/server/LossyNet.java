package dev.terrane.server;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Links in memory as real ones are: in order while they last; and when one is lost, by chance with any message, what is underway on it is lost, too. Any thread. */
final class LossyNet implements AutoCloseable {
    private static final int DOWN_MILLIS_MAX = 400;

    private final NodeMessageCodec codec;
    private final Rng rng;
    private final int messagesPerCut;
    private final Map<NodeId, End> ends = new TreeMap<>();
    private final Map<Set<NodeId>, Link> links = new HashMap<>();
    private final Set<NodeId> isolated = new HashSet<>();
    private boolean calm;
    private int cutCount;
    private int lostCount;

    /** @param messagesPerCut so many messages go by, on average, before one takes its link down */
    LossyNet(NodeMessageCodec codec, long seed, int messagesPerCut) {
        this.codec = codec;
        this.rng = new Rng(seed);
        this.messagesPerCut = messagesPerCut;
    }

    private static final class Link {
        private long number;
        private boolean up;
    }

    private static final class End {
        private final NodeHearer hearer;
        private final ScheduledExecutorService thread;

        private End(NodeId node, NodeHearer hearer) {
            this.hearer = hearer;
            this.thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("links-" + node).factory());
        }
    }

    /** Nobody hears the node before {@link #join}. */
    NodePost post(NodeId from) {
        return new NodePost() {
            @Override
            public boolean tell(NodeId to, NodeMessage message) {
                return LossyNet.this.tell(from, to, message);
            }

            @Override
            public void flush() {}

            @Override
            public Set<NodeId> linked() {
                return LossyNet.this.linked(from);
            }
        };
    }

    synchronized void join(NodeId node, NodeHearer hearer) {
        End end = new End(node, hearer);
        List<NodeId> others = new ArrayList<>(ends.keySet());
        ends.put(node, end);
        others.forEach(other -> up(link(node, other), node, other));
    }

    private Link link(NodeId a, NodeId b) {
        return links.computeIfAbsent(Set.of(a, b), _ -> new Link());
    }

    private synchronized Set<NodeId> linked(NodeId from) {
        Set<NodeId> linked = new TreeSet<>();
        ends.keySet().stream()
                .filter(other -> !other.equals(from) && link(from, other).up)
                .forEach(linked::add);
        return linked;
    }

    private synchronized boolean tell(NodeId from, NodeId to, NodeMessage message) {
        End end = ends.get(to);
        if (end == null || !ends.containsKey(from)) {
            return false;
        }
        if (from.equals(to)) {
            end.thread.execute(() -> end.hearer.received(from, message));
            return true;
        }
        Link link = link(from, to);
        if (!link.up) {
            return false;
        }
        if (!calm && rng.nextInt(messagesPerCut) == 0) {
            lostCount++;
            cut(link, from, to);
            return true;
        }
        ByteWriter out = new ByteWriter(256);
        codec.write(message, out);
        byte[] bytes = out.toBytes();
        long number = link.number;
        end.thread.execute(() -> receive(end, from, link, number, bytes));
        return true;
    }

    private void receive(End end, NodeId from, Link link, long number, byte[] bytes) {
        synchronized (this) {
            if (!link.up || link.number != number) {
                lostCount++;
                return;
            }
        }
        end.hearer.received(from, codec.read(bytes, 0, bytes.length));
    }

    private End end(NodeId node) {
        return Objects.requireNonNull(ends.get(node));
    }

    private void cut(Link link, NodeId a, NodeId b) {
        if (link.up) {
            cutCount++;
            link.up = false;
            link.number++;
            end(a).thread.execute(() -> end(a).hearer.lost(b, 1));
            end(b).thread.execute(() -> end(b).hearer.lost(a, 1));
            end(a).thread.schedule(() -> upAgain(link, a, b), 20 + rng.nextInt(DOWN_MILLIS_MAX), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void upAgain(Link link, NodeId a, NodeId b) {
        up(link, a, b);
    }

    private void up(Link link, NodeId a, NodeId b) {
        if (!link.up && !isolated.contains(a) && !isolated.contains(b)) {
            link.up = true;
            link.number++;
            end(a).thread.execute(() -> end(a).hearer.connected(b, 1));
            end(b).thread.execute(() -> end(b).hearer.connected(a, 1));
        }
    }

    /** It lives on, and nobody hears it. */
    synchronized void isolate(NodeId node) {
        isolated.add(node);
        ends.keySet().stream()
                .filter(other -> !other.equals(node))
                .forEach(other -> cut(link(node, other), node, other));
    }

    synchronized void reconnect(NodeId node) {
        isolated.remove(node);
        ends.keySet().stream()
                .filter(other -> !other.equals(node))
                .forEach(other -> up(link(node, other), node, other));
    }

    /** No more losses. */
    synchronized void calm() {
        calm = true;
    }

    synchronized int cutCount() {
        return cutCount;
    }

    synchronized int lostCount() {
        return lostCount;
    }

    @Override
    public synchronized void close() {
        ends.values().forEach(end -> end.thread.shutdownNow());
    }
}
