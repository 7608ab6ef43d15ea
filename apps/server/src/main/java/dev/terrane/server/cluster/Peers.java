package dev.terrane.server.cluster;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sees to it that there is a link to every node of the map, and to no other but coordinators. On the life's thread. */
public final class Peers implements NodeLife.Listener {
    private final NodeId self;
    private final Dialler dialler;
    private final Set<NodeId> always;
    private final Map<NodeId, String> dialled = new TreeMap<>();

    /** Both nodes of a pair may dial. */
    public interface Dialler {
        void dial(NodeId peer, String host, int port);

        void forget(NodeId peer);
    }

    /** @param always those whose addresses do not come from the map */
    public Peers(NodeId self, Dialler dialler, Collection<NodeId> always) {
        this.self = self;
        this.dialler = dialler;
        this.always = new HashSet<>(always);
    }

    @Override
    public void onMap(ClusterMap before, ClusterMap now) {
        Set<NodeId> wanted = new HashSet<>();
        for (ClusterMap.Member member : now.nodes()) {
            NodeId node = member.node();
            if (!node.equals(self) && !always.contains(node)) {
                wanted.add(node);
                String address = member.info().address();
                if (!address.equals(dialled.put(node, address))) {
                    int colon = address.lastIndexOf(':');
                    dialler.dial(node, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                }
            }
        }
        dialled.keySet().removeIf(node -> {
            boolean gone = !wanted.contains(node);
            if (gone) {
                dialler.forget(node);
            }
            return gone;
        });
    }
}
