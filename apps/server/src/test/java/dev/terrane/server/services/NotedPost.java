package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps what was told, and brings it nowhere. */
final class NotedPost implements NodePost {
    record Told(NodeId to, NodeMessage message) {}

    final List<Told> told = new ArrayList<>();
    private final Set<NodeId> linked;

    NotedPost(NodeId... linked) {
        this.linked = new TreeSet<>(List.of(linked));
    }

    void cut(NodeId node) {
        linked.remove(node);
    }

    void link(NodeId node) {
        linked.add(node);
    }

    /** The last commands that were brought to this node. */
    NodeMessage.Deliver last(NodeId node) {
        return told.stream()
                .filter(each -> each.to.equals(node) && each.message instanceof NodeMessage.Deliver)
                .map(each -> (NodeMessage.Deliver) each.message)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    @Override
    public boolean tell(NodeId to, NodeMessage message) {
        return linked.contains(to) && told.add(new Told(to, message));
    }

    @Override
    public void flush() {}

    @Override
    public Set<NodeId> linked() {
        return Set.copyOf(linked);
    }
}
