package dev.terrane.server.cluster;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several roles of one node hear the same, in the order in which they came; who comes late has missed what was said before. One that fails does not keep the others from hearing. */
public final class Listening implements NodeHearer {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final List<NodeHearer> hearers = new CopyOnWriteArrayList<>();

    /** Any thread. */
    public void add(NodeHearer hearer) {
        hearers.add(hearer);
    }

    @Override
    public void connected(NodeId peer, long life) {
        tell(hearer -> hearer.connected(peer, life));
    }

    @Override
    public void received(NodeId peer, NodeMessage message) {
        tell(hearer -> hearer.received(peer, message));
    }

    @Override
    public void lost(NodeId peer, long life) {
        tell(hearer -> hearer.lost(peer, life));
    }

    @Override
    public void absent(NodeId peer) {
        tell(hearer -> hearer.absent(peer));
    }

    private void tell(Consumer<NodeHearer> news) {
        for (NodeHearer hearer : hearers) {
            try {
                news.accept(hearer);
            } catch (RuntimeException bug) {
                LOG.atError().setCause(bug).log("a role that hears of other nodes has failed");
            }
        }
    }
}
