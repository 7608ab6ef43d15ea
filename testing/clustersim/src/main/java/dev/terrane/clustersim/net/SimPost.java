package dev.terrane.clustersim.net;

import dev.terrane.base.NodeId;
import dev.terrane.clustersim.time.Host;
import dev.terrane.node.NodeHearer;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One life's end of all its links. */
public final class SimPost implements NodePost {
    private final SimNet net;
    private final NodeId node;
    private final long life;
    private final Host host;
    private final Set<NodeId> dialled = new TreeSet<>();
    private List<Letter> left = new ArrayList<>();
    private @Nullable NodeHearer hearer;

    record Letter(NodeId to, byte[] bytes, boolean isControl) {}

    SimPost(SimNet net, NodeId node, long life, Host host) {
        this.net = net;
        this.node = node;
        this.life = life;
        this.host = host;
    }

    NodeId node() {
        return node;
    }

    long life() {
        return life;
    }

    Host host() {
        return host;
    }

    boolean isStarted() {
        return hearer != null;
    }

    NodeHearer hearer() {
        return Objects.requireNonNull(hearer);
    }

    /** From now on it hears, and can be reached. */
    public void start(NodeHearer heard) {
        hearer = heard;
    }

    boolean wants(NodeId peer) {
        return dialled.contains(peer);
    }

    /** From now on there should be a link. */
    public void dial(NodeId peer) {
        if (dialled.add(peer)) {
            net.dial(this, peer);
        }
    }

    /** Ends the link, and dials no more. */
    public void forget(NodeId peer) {
        dialled.remove(peer);
        net.lose(node, peer);
    }

    void leave(Letter letter) {
        left.add(letter);
    }

    @Override
    public boolean tell(NodeId to, NodeMessage message) {
        return host.isAlive() && isStarted() && net.tell(this, to, message);
    }

    @Override
    public void flush() {
        if (host.isAlive() && !left.isEmpty()) {
            List<Letter> letters = left;
            left = new ArrayList<>();
            letters.forEach(letter -> net.send(this, letter));
        }
    }

    @Override
    public Set<NodeId> linked() {
        return net.linked(this);
    }
}
