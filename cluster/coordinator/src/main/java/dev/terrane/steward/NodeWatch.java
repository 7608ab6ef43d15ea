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

    /**
     * @param resetNanos when its link broke, if nothing came since
     * @param gone its machine says that nobody listens there any more
     */
    private record Heard(long life, long atNanos, long resetNanos, boolean gone) {}

    /** @param ledSinceNanos when this leadership began */
    NodeWatch(StewardTiming timing, long ledSinceNanos) {
        this.timing = timing;
        this.ledSinceNanos = ledSinceNanos;
    }

    void heard(NodeId node, long life, long nowNanos) {
        heard.put(node, new Heard(life, nowNanos, NEVER, false));
    }

    /** The link to a node broke. Does nothing for another life than the one last heard. */
    void reset(NodeId node, long life, long nowNanos) {
        heard.computeIfPresent(
                node,
                (_, before) -> before.life == life && before.resetNanos == NEVER
                        ? new Heard(life, before.atNanos, nowNanos, false)
                        : before);
    }

    /** After its link broke its machine was asked, and says that nobody listens there: that process is over. */
    void gone(NodeId node, long life) {
        heard.computeIfPresent(
                node,
                (_, before) -> before.life == life && before.resetNanos != NEVER
                        ? new Heard(life, before.atNanos, before.resetNanos, true)
                        : before);
    }

    /** Those of the registered nodes that are lost now. */
    List<NodeInfo> lost(List<NodeInfo> registered, long nowNanos) {
        heard.keySet().retainAll(registered.stream().map(NodeInfo::node).toList());
        List<NodeInfo> lost = new ArrayList<>();
        // Silence means nothing before a leader has listened for a lease; that somebody is gone was said.
        boolean silenceCounts = nowNanos - ledSinceNanos >= timing.leaseNanos();
        for (NodeInfo info : registered) {
            Heard last = heard.get(info.node());
            boolean gone = last != null && last.life == info.life() && last.gone;
            if (gone || silenceCounts && isLost(info, last, nowNanos)) {
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
