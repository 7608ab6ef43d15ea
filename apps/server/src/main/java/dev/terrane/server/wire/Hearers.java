package dev.terrane.server.wire;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several roles of one node hear the same, in the order in which they were named. One that fails does not keep the others from hearing. */
public final class Hearers implements NodeHearer {
    private static final Logger LOG = LoggerFactory.getLogger(Hearers.class);

    private final List<NodeHearer> hearers;

    public Hearers(List<NodeHearer> hearers) {
        this.hearers = List.copyOf(hearers);
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
