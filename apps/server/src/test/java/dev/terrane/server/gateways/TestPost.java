package dev.terrane.server.gateways;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Remembers what was told to nodes to which there is a link. */
final class TestPost implements NodePost {
    final Set<NodeId> links = new HashSet<>();
    final List<NodeMessage> told = new ArrayList<>();
    BiConsumer<NodeId, NodeMessage> hearer = (to, message) -> {};
    boolean full;
    int flushCount;

    @Override
    public boolean tell(NodeId to, NodeMessage message) {
        if (full || !links.contains(to)) {
            return false;
        }
        told.add(message);
        hearer.accept(to, message);
        return true;
    }

    @Override
    public void flush() {
        flushCount++;
    }

    @Override
    public Set<NodeId> linked() {
        return links;
    }
}
