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
    /** Of nodes that are heard, but not in the life that is registered. */
    private final TreeMap<NodeId, Followed> followed = new TreeMap<>();

    private long ledSinceNanos;

    /**
     * @param resetNanos when its link broke, if nothing came since
     * @param gone its machine says that nobody listens there any more
     */
    private record Heard(long life, long atNanos, long resetNanos, boolean gone) {}

    /** @param sinceNanos when another life than this registered one was heard first */
    private record Followed(long registered, long sinceNanos) {}

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
        List<NodeId> nodes = registered.stream().map(NodeInfo::node).toList();
        heard.keySet().retainAll(nodes);
        followed.keySet().retainAll(nodes);
        List<NodeInfo> lost = new ArrayList<>();
        // Silence means nothing before a leader has listened for a lease; that somebody is gone was said.
        boolean silenceCounts = nowNanos - ledSinceNanos >= timing.leaseNanos();
        for (NodeInfo info : registered) {
            Heard last = heard.get(info.node());
            boolean over = isFollowed(info, last, nowNanos);
            boolean gone = last != null && last.life == info.life() && last.gone;
            if (gone || over || silenceCounts && isLost(info, last, nowNanos)) {
                lost.add(info);
            }
        }
        return lost;
    }

    /**
     * Where another life is heard, the registered one is over. The new one is left a lease to register, by which the log learns the same; but it may never come to that: it may die first, or be refused.
     */
    private boolean isFollowed(NodeInfo info, @Nullable Heard last, long nowNanos) {
        if (last == null || last.life == info.life()) {
            followed.remove(info.node());
            return false;
        }
        Followed known = followed.get(info.node());
        if (known == null || known.registered != info.life()) {
            known = new Followed(info.life(), nowNanos);
            followed.put(info.node(), known);
        }
        return nowNanos - known.sinceNanos >= timing.leaseNanos();
    }

    private boolean isLost(NodeInfo info, @Nullable Heard last, long nowNanos) {
        if (last == null) {
            return true; // for a whole lease
        }
        if (last.life != info.life()) {
            return false; // it has started anew, and is left the time to say so
        }
        return nowNanos - last.atNanos >= timing.silenceNanos()
                || last.resetNanos != NEVER && nowNanos - last.resetNanos >= timing.resetNanos();
    }
}
