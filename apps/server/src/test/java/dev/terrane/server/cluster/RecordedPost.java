package dev.terrane.server.cluster;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps what was told. */
final class RecordedPost implements NodePost {
    record Told(NodeId to, NodeMessage message) {}

    final List<Told> told = new ArrayList<>();
    final Set<NodeId> linked = new TreeSet<>();

    @Override
    public boolean tell(NodeId to, NodeMessage message) {
        if (!linked.contains(to)) {
            return false;
        }
        told.add(new Told(to, message));
        return true;
    }

    List<NodeMessage> takeFor(NodeId node) {
        List<NodeMessage> found = told.stream()
                .filter(each -> each.to.equals(node))
                .map(Told::message)
                .toList();
        told.removeIf(each -> each.to.equals(node));
        return found;
    }

    @Override
    public void flush() {}

    @Override
    public Set<NodeId> linked() {
        return linked;
    }
}
