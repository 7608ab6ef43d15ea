package dev.terrane.server.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.steward.Steward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * When each node was last heard, in which life. Kept by every coordinator, so that whoever leads next knows as much as who leads now. Any thread.
 *
 * <p>One line per node that has a certificate of this cluster; those that are neither heard nor registered are forgotten.
 */
final class Pulses {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<NodeId, Pulse> pulses = new ConcurrentHashMap<>();

    /**
     * @param resetNanos when its link broke, if nothing came since
     * @param gone nobody listens any more where it did
     * @param wantsLease its last beat has not been answered
     */
    private record Pulse(long life, long atNanos, long resetNanos, boolean gone, boolean wantsLease) {}

    /** Something came from a node, or its link is open again. */
    void heard(NodeId node, long life, long nowNanos) {
        pulses.compute(
                node,
                (_, before) -> new Pulse(
                        life, nowNanos, NEVER, false, before != null && before.life == life && before.wantsLease));
    }

    void beat(NodeId node, long life, long nowNanos) {
        pulses.put(node, new Pulse(life, nowNanos, NEVER, false, true));
    }

    void reset(NodeId node, long life, long nowNanos) {
        pulses.computeIfPresent(
                node,
                (_, before) -> before.life == life && before.resetNanos == NEVER
                        ? new Pulse(life, before.atNanos, nowNanos, false, false)
                        : before);
    }

    /** Nobody listens where the node did. A proof of its end only when its link broke before. @return whether that is news */
    boolean absent(NodeId node) {
        boolean[] isNews = new boolean[1];
        pulses.computeIfPresent(node, (_, before) -> {
            if (before.resetNanos == NEVER || before.gone) {
                return before;
            }
            isNews[0] = true;
            return new Pulse(before.life, before.atNanos, before.resetNanos, true, before.wantsLease);
        });
        return isNews[0];
    }

    /** When it was last heard, in nanoseconds before now; -1: never. */
    long ageNanos(NodeId node, long nowNanos) {
        Pulse pulse = pulses.get(node);
        return pulse == null ? -1 : Math.max(0, nowNanos - pulse.atNanos);
    }

    /** Why it may be taken for lost, for people. */
    String signs(NodeId node) {
        Pulse pulse = pulses.get(node);
        if (pulse == null) {
            return "never heard";
        }
        return pulse.gone ? "link broken, nobody listens there" : pulse.resetNanos != NEVER ? "link broken" : "silence";
    }

    /**
     * Tells a steward everything that is known.
     *
     * @param floorNanos before this nobody could be heard, because this process stood still: it counts as if all had been
     */
    void tell(Steward steward, List<NodeInfo> registered, long floorNanos) {
        for (NodeInfo info : registered) {
            Pulse pulse = pulses.get(info.node());
            if (pulse != null) {
                steward.heard(info.node(), pulse.life, Math.max(pulse.atNanos, floorNanos));
                if (pulse.resetNanos != NEVER) {
                    steward.reset(info.node(), pulse.life, Math.max(pulse.resetNanos, floorNanos));
                }
                if (pulse.gone) {
                    steward.gone(info.node(), pulse.life);
                }
            }
        }
    }

    /** Registered nodes whose present life has said since the last call that it lives. */
    List<NodeId> leases(List<NodeInfo> registered) {
        List<NodeId> due = new ArrayList<>();
        for (NodeInfo info : registered) {
            pulses.computeIfPresent(info.node(), (node, pulse) -> {
                if (!pulse.wantsLease || pulse.life != info.life()) {
                    return pulse;
                }
                due.add(node);
                return new Pulse(pulse.life, pulse.atNanos, pulse.resetNanos, pulse.gone, false);
            });
        }
        return due;
    }

    void forget(List<NodeInfo> registered, long nowNanos) {
        List<NodeId> kept = registered.stream().map(NodeInfo::node).toList();
        pulses.entrySet()
                .removeIf(
                        entry -> !kept.contains(entry.getKey()) && nowNanos - entry.getValue().atNanos > FORGET_NANOS);
    }
}
