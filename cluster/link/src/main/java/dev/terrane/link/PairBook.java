package dev.terrane.link;

import dev.terrane.base.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which connection speaks for each other node: one per pair, the newest that is true. Belongs to the driving thread.
 *
 * @param <C> what carries a connection
 */
public final class PairBook<C> {
    private record Held<C>(C connection, LinkMachine machine) {}

    private final Map<NodeId, Held<C>> open = new TreeMap<>();
    private final LinkTimes times;

    public PairBook(LinkTimes times) {
        this.times = times;
    }

    /**
     * Whether a connection may take the place of the one that the pair has. It may when the other node has started anew, and when
     * the old one has been quiet for some heartbeats: then the other end is gone and only the news of it is missing. Otherwise both have
     * dialled at once, and the second connection is one too many.
     *
     * @return why not, or null
     */
    public @Nullable LinkLoss admit(LinkHello peer, long nowNanos) {
        Held<C> held = open.get(peer.node());
        if (held == null
                || held.machine.peerLife() != peer.life()
                || nowNanos - held.machine.lastHeardNanos() > times.freshNanosMax()) {
            return null;
        }
        return new LinkLoss(LinkEnd.DUPLICATE, "there is a living connection with node " + peer.node(), false, 0);
    }

    /** @return the connection whose place it takes, to be closed; or null */
    public @Nullable C opened(C connection, LinkMachine machine) {
        Held<C> before = open.put(machine.peer(), new Held<>(connection, machine));
        return before == null ? null : before.connection;
    }

    /** @return whether it was the one in use; if not, nobody needs to hear of its end */
    public boolean ended(C connection, LinkMachine machine) {
        Held<C> held = open.get(machine.peer());
        if (held == null || held.connection != connection) {
            return false;
        }
        open.remove(machine.peer());
        return true;
    }

    public boolean has(NodeId peer) {
        return open.containsKey(peer);
    }

    /** A copy, by name of the node. */
    public List<C> connections() {
        List<C> all = new ArrayList<>(open.size());
        for (Held<C> held : open.values()) {
            all.add(held.connection);
        }
        return all;
    }
}
