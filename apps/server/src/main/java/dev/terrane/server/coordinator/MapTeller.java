package dev.terrane.server.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells every linked node, and the own one, the newest map once. {@link #linked} by any thread, the rest by the coordinator's. */
final class MapTeller {
    private final NodeId self;
    private final NodePost post;
    /** Counts links: what was told on one is not known on the next. */
    private final Map<NodeId, Long> links = new ConcurrentHashMap<>();

    private final Map<NodeId, Told> told = new HashMap<>();

    private record Told(long link, long version) {}

    MapTeller(NodeId self, NodePost post) {
        this.self = self;
        this.post = post;
    }

    void linked(NodeId node) {
        links.merge(node, 1L, Long::sum);
    }

    /** Whoever has no room for it now is told by a later call. */
    void tell(ClusterMap map) {
        if (map.version() == 0) {
            return;
        }
        List<NodeId> nodes = new ArrayList<>(post.linked());
        nodes.add(self);
        NodeMessage news = new NodeMessage.MapNews(map);
        for (NodeId node : nodes) {
            Told now = new Told(links.getOrDefault(node, 0L), map.version());
            if (!now.equals(told.get(node)) && post.tell(node, news)) {
                told.put(node, now);
            }
        }
        told.keySet().retainAll(nodes);
    }
}
