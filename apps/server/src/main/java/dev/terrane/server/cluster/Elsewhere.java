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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private volatile Routes routes = new Routes(Map.of(), Map.of(), Set.of());
    /** Layers at rest that somebody was handed to since {@link #missed} was asked. */
    private final Set<CellId> missed = ConcurrentHashMap.newKeySet();

    /** @param resting layers that were taken away */
    private record Routes(Map<CellId, NodeId> owners, Map<Integer, NodeId> slots, Set<CellId> resting) {}

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
        Set<CellId> resting = new HashSet<>();
        for (Tenure tenure : map.cells()) {
            NodeId owner = tenure.owner();
            if (owner != null) {
                owners.put(tenure.cell(), owner);
            } else if (tenure.phase() == Tenure.Phase.FREE && tenure.cell().layer() != 0) {
                resting.add(tenure.cell());
            }
        }
        Map<Integer, NodeId> slots = new HashMap<>();
        map.nodes().forEach(member -> slots.put(member.slot(), member.node()));
        routes = new Routes(owners, slots, resting);
    }

    /** Who owns the cell; null: nobody. */
    @Nullable
    NodeId owner(CellId cell) {
        return routes.owners.get(cell);
    }

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        NodeId owner = routes.owners.get(cell);
        if (owner == null && routes.resting.contains(cell)) {
            return rested(cell, message);
        }
        if (owner == null || owner.equals(self)) {
            return Admission.SEALED; // nobody's now, or on its way into its seat here
        }
        if (post.tell(owner, new NodeMessage.ToCell(cell, epoch, message))) {
            return Admission.ACCEPTED;
        }
        noLink.one();
        return Admission.SEALED;
    }

    /** Who was handed over while it was being taken away, and not heard there, waits until it is woken. */
    private Admission rested(CellId cell, CellInput message) {
        if (message instanceof CellInput.HandoffOffer) {
            missed.add(cell);
        }
        return Admission.UNKNOWN;
    }

    /** Layers at rest that somebody was handed to since the last call. */
    List<CellId> missed() {
        List<CellId> asked = List.copyOf(missed);
        asked.forEach(missed::remove);
        return asked;
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
