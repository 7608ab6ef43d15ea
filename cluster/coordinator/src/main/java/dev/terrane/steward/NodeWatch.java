package dev.terrane.steward;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is dead, by what was heard and what was not. A node that only seems dead loses its cells: it is fenced by their epochs, not by this. So being wrong costs a failover, never a second writer.
 */
final class NodeWatch {
    private static final long NEVER = Long.MIN_VALUE;

    private final StewardTiming timing;
    private final TreeMap<NodeId, Heard> heard = new TreeMap<>();
    private long ledSinceNanos;

    /** @param resetNanos when its link broke, if nothing came since */
    private record Heard(long life, long atNanos, long resetNanos) {}

    /** @param ledSinceNanos when this leadership began */
    NodeWatch(StewardTiming timing, long ledSinceNanos) {
        this.timing = timing;
        this.ledSinceNanos = ledSinceNanos;
    }

    void heard(NodeId node, long life, long nowNanos) {
        heard.put(node, new Heard(life, nowNanos, NEVER));
    }

    /** The link to a node broke. Does nothing for another life than the one last heard. */
    void reset(NodeId node, long life, long nowNanos) {
        heard.computeIfPresent(
                node,
                (_, before) -> before.life == life && before.resetNanos == NEVER
                        ? new Heard(life, before.atNanos, nowNanos)
                        : before);
    }

    /** Those of the registered nodes that are lost now. */
    List<NodeInfo> lost(List<NodeInfo> registered, long nowNanos) {
        heard.keySet().retainAll(registered.stream().map(NodeInfo::node).toList());
        List<NodeInfo> lost = new ArrayList<>();
        if (nowNanos - ledSinceNanos < timing.leaseNanos()) {
            return lost;
        }
        for (NodeInfo info : registered) {
            if (isLost(info, heard.get(info.node()), nowNanos)) {
                lost.add(info);
            }
        }
        return lost;
    }

    private boolean isLost(NodeInfo info, @Nullable Heard last, long nowNanos) {
        if (last == null) {
            return true; // for a whole lease
        }
        if (last.life != info.life()) {
            return false; // it has started anew and will say so
        }
        return nowNanos - last.atNanos >= timing.silenceNanos()
                || last.resetNanos != NEVER && nowNanos - last.resetNanos >= timing.resetNanos();
    }
}
