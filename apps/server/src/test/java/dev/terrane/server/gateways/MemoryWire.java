package dev.terrane.server.gateways;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Joins nodes of one process: every message is made bytes and read again, and one thread tells them all. A way can be cut. */
final class MemoryWire implements AutoCloseable {
    private final NodeMessageCodec codec;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("memory-wire").daemon().factory());
    private final Map<NodeId, End> ends = new HashMap<>();
    private final Set<Set<NodeId>> links = ConcurrentHashMap.newKeySet();
    /** Whatever is left there is taken, and lost. */
    private final Set<Set<NodeId>> broken = ConcurrentHashMap.newKeySet();

    MemoryWire(NodeMessageCodec codec) {
        this.codec = codec;
    }

    /** A node's end; its hearer comes with {@link End#start}. */
    synchronized End end(NodeId node) {
        End end = new End(node);
        ends.put(node, end);
        return end;
    }

    private synchronized NodeHearer hearer(NodeId node) {
        return Objects.requireNonNull(ends.get(node)).hearer;
    }

    void connect(NodeId one, NodeId other) {
        thread.execute(() -> {
            broken.remove(Set.of(one, other));
            if (links.add(Set.of(one, other))) {
                hearer(one).connected(other, 1);
                hearer(other).connected(one, 1);
            }
        });
    }

    /** From now on everything is lost, and nobody knows. */
    void breakUnnoticed(NodeId one, NodeId other) {
        broken.add(Set.of(one, other));
    }

    /** Now they know. */
    void lose(NodeId one, NodeId other) {
        thread.execute(() -> {
            if (links.remove(Set.of(one, other))) {
                hearer(one).lost(other, 1);
                hearer(other).lost(one, 1);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Letter(NodeId to, byte[] bytes) {}

    final class End implements NodePost {
        private final NodeId self;
        private final ByteWriter writer = new ByteWriter(4096);
        private final List<Letter> left = new ArrayList<>();
        private NodeHearer hearer = (peer, message) -> {};

        private End(NodeId self) {
            this.self = self;
        }

        void start(NodeHearer newHearer) {
            hearer = newHearer;
        }

        @Override
        public boolean tell(NodeId to, NodeMessage message) {
            if (!to.equals(self) && !links.contains(Set.of(self, to))) {
                return false;
            }
            synchronized (left) {
                codec.write(message, writer.clear());
                left.add(new Letter(to, writer.toBytes()));
            }
            return true;
        }

        @Override
        public void flush() {
            List<Letter> letters;
            synchronized (left) {
                letters = List.copyOf(left);
                left.clear();
            }
            if (!letters.isEmpty() && !thread.isShutdown()) {
                thread.execute(() -> letters.forEach(this::deliver));
            }
        }

        private void deliver(Letter letter) {
            Set<NodeId> way = letter.to.equals(self) ? Set.of() : Set.of(self, letter.to);
            if (way.isEmpty() || links.contains(way) && !broken.contains(way)) {
                hearer(letter.to).received(self, codec.read(letter.bytes, 0, letter.bytes.length));
            }
        }

        @Override
        public Set<NodeId> linked() {
            Set<NodeId> peers = ConcurrentHashMap.newKeySet();
            for (Set<NodeId> link : links) {
                if (link.contains(self)) {
                    link.stream().filter(node -> !node.equals(self)).forEach(peers::add);
                }
            }
            return peers;
        }
    }
}
