package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The ways to cells wherever they are. ACCEPTED says only that a message has left.
 *
 * <p>When the link to a node was lost, inputs for its cells wait until the gateway has heard of it (see {@code NodeNews.WayMended}): those that are lost come
 * first, and the others behind them.
 */
final class RemoteCells {
    private final NodeId self;
    private final NodePost post;
    private final Supplier<MapView> view;
    /** How often the link to each node was lost. */
    private final Map<NodeId, Integer> cuts = new ConcurrentHashMap<>();

    RemoteCells(NodeId self, NodePost post, Supplier<MapView> view) {
        this.self = self;
        this.post = post;
        this.view = view;
    }

    void lost(NodeId peer) {
        cuts.merge(peer, 1, Integer::sum);
    }

    /** Which were lost, and how often. */
    Map<NodeId, Integer> cuts() {
        return Map.copyOf(cuts);
    }

    boolean reaches(NodeId node) {
        return node.equals(self) || post.linked().contains(node);
    }

    /** For one gateway. */
    Door door() {
        return new Door();
    }

    /** One gateway's way out. Its thread offers; any thread may say that it has heard. */
    final class Door implements CellPort {
        private final Map<NodeId, Integer> heardCuts = new ConcurrentHashMap<>();
        private boolean hasLeft;

        private Door() {}

        /** The gateway is about to offer again what was lost when this link was, the {@code count}th time. */
        void heard(NodeId peer, int count) {
            heardCuts.put(peer, count);
        }

        @Override
        public Admission offer(CellId cell, long epoch, CellInput message) {
            Tenure tenure = view.get().tenure(cell);
            NodeId owner = tenure == null ? null : tenure.owner();
            if (tenure == null || owner == null) {
                return Admission.SEALED;
            }
            if (epoch != ANY_EPOCH && epoch < tenure.epoch()) {
                return Admission.STALE_EPOCH; // the word that it goes on is on its way to the gateway
            }
            if (epoch > tenure.epoch() || message instanceof CellInput.PlayerInput && !hasHeardOf(owner)) {
                return Admission.SEALED;
            }
            if (post.tell(owner, new NodeMessage.ToCell(cell, epoch, message))) {
                hasLeft = true;
                return Admission.ACCEPTED;
            }
            return reaches(owner) ? Admission.FULL : Admission.SEALED;
        }

        private boolean hasHeardOf(NodeId owner) {
            Integer count = cuts.get(owner);
            return count == null || count.equals(heardCuts.get(owner));
        }

        @Override
        public void flush() {
            if (hasLeft) {
                hasLeft = false;
                post.flush();
            }
        }
    }
}
