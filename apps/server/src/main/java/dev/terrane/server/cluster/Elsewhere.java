package dev.terrane.server.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways of this node's cells to cells and gateways of other nodes, as the map has them. ACCEPTED says only that it has left: what must arrive is numbered by whoever says it, and said again.
 *
 * <p>Called within ticks: looks into one map, encodes and copies.
 */
public final class Elsewhere implements CellPort, GatewayPort {
    /** Numbers that the gateways of one life of a node have. */
    static final int GATEWAYS_PER_SLOT = 64;

    private final NodeId self;
    private final NodePost post;
    private final GatewayPort own;
    private final Meters.Count noLink;
    private volatile Runnable afterRound = () -> {};
    private volatile Routes routes = new Routes(Map.of(), Map.of());

    private record Routes(Map<CellId, NodeId> owners, Map<Integer, NodeId> slots) {}

    /** @param own the gateways of this node, by the numbers of the cluster */
    public Elsewhere(NodeId self, NodePost post, GatewayPort own, Meters meters) {
        this.self = self;
        this.post = post;
        this.own = own;
        this.noLink = meters.count("node_mail_dropped", "reason", "no_way");
    }

    /** Lets everything go; also what is sent to standbys after each round. */
    @Override
    public void flush() {
        afterRound.run();
        post.flush();
    }

    /** What else has to be done after each round of a worker. */
    void afterRound(Runnable work) {
        afterRound = work;
    }

    void follow(ClusterMap map) {
        Map<CellId, NodeId> owners = new HashMap<>();
        for (Tenure tenure : map.cells()) {
            NodeId owner = tenure.owner();
            if (owner != null) {
                owners.put(tenure.cell(), owner);
            }
        }
        Map<Integer, NodeId> slots = new HashMap<>();
        map.nodes().forEach(member -> slots.put(member.slot(), member.node()));
        routes = new Routes(owners, slots);
    }

    /** Who owns the cell; null: nobody. */
    @Nullable
    NodeId owner(CellId cell) {
        return routes.owners.get(cell);
    }

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        NodeId owner = routes.owners.get(cell);
        if (owner == null || owner.equals(self)) {
            return Admission.SEALED; // nobody's now, or on its way into its seat here
        }
        if (post.tell(owner, new NodeMessage.ToCell(cell, epoch, message))) {
            return Admission.ACCEPTED;
        }
        noLink.one();
        return Admission.SEALED;
    }

    @Override
    public boolean offer(int gateway, CellOutput message) {
        NodeId node = routes.slots.get(gateway / GATEWAYS_PER_SLOT);
        if (node == null) {
            return false;
        }
        return node.equals(self)
                ? own.offer(gateway, message)
                : post.tell(node, new NodeMessage.ToGateway(gateway, message));
    }
}
