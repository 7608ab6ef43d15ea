package dev.terrane.server.services;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.lanes.OtherNodes;
import dev.terrane.server.lanes.RecentEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a service node has to say to players: told to every node with gateways, which know whose players they have. A gateway node that missed results is told so, and reads them in the store; events that it may
 * have missed it is told again, for a minute.
 *
 * <p>Any thread; never blocks.
 */
final class PlayersAfar implements OtherNodes {
    /** Short of what a message may carry, whatever the events. */
    private static final int EVENT_BYTES_MAX = 1 << 20;

    private final NodePost post;
    private final Supplier<ClusterMap> map;
    private final Nudges nudges;
    private final Set<NodeId> missed = new HashSet<>();
    private final Clock clock;
    private final RecentEvents recent;
    /** Up to which event each gateway node was told since it was linked. */
    private final Map<NodeId, Long> toldUpTo = new HashMap<>();

    PlayersAfar(NodeId self, NodePost post, Supplier<ClusterMap> map, Clock clock, Meters meters) {
        this.clock = clock;
        this.recent = new RecentEvents(meters);
        this.post = post;
        this.map = map;
        this.nudges = new Nudges(self, post, map);
    }

    @Override
    public void appended(LaneHint hint) {
        nudges.appended(hint);
    }

    @Override
    public void published(List<CommandAnswer> answers) {
        if (!answers.isEmpty()) {
            NodeMessage told = new NodeMessage.Answers(answers);
            for (NodeId gateway : gateways()) {
                if (!post.tell(gateway, told)) {
                    miss(gateway);
                }
            }
            post.flush();
        }
    }

    private synchronized void miss(NodeId gateway) {
        missed.add(gateway);
    }

    /** Tells who has missed something that he has. About once a second: by then it is in the store. */
    void remind() {
        remindOfResults();
        remindOfEvents();
    }

    private synchronized void remindOfEvents() {
        recent.expire(clock.nanos());
        toldUpTo.keySet().retainAll(gateways());
        tellEvents();
    }

    private void remindOfResults() {
        List<NodeId> waiting;
        synchronized (this) {
            missed.retainAll(gateways());
            waiting = new ArrayList<>(missed);
        }
        for (NodeId gateway : waiting) {
            synchronized (this) {
                missed.remove(gateway);
            }
            if (!post.tell(gateway, new NodeMessage.Answers(List.of()))) {
                miss(gateway);
            }
        }
        if (!waiting.isEmpty()) {
            post.flush();
        }
    }

    @Override
    public synchronized void happened(List<EventEnvelope> events) {
        events.forEach(event -> recent.add(event, clock.nanos()));
        tellEvents();
    }

    /** What was said to it before may not have arrived. */
    synchronized void connected(NodeId peer) {
        toldUpTo.remove(peer);
    }

    /** Tells every gateway node what it was not told yet. */
    private void tellEvents() {
        boolean any = false;
        for (NodeId gateway : gateways()) {
            for (List<RecentEvents.Kept> part : parts(recent.after(toldUpTo.getOrDefault(gateway, 0L)))) {
                NodeMessage told = new NodeMessage.Events(
                        part.stream().map(RecentEvents.Kept::event).toList());
                if (!post.tell(gateway, told)) {
                    break; // no link, or no room: in a second again
                }
                toldUpTo.put(gateway, part.getLast().number());
                any = true;
            }
        }
        if (any) {
            post.flush();
        }
    }

    private static List<List<RecentEvents.Kept>> parts(List<RecentEvents.Kept> events) {
        List<List<RecentEvents.Kept>> parts = new ArrayList<>();
        int bytes = EVENT_BYTES_MAX;
        for (RecentEvents.Kept kept : events) {
            if (bytes + kept.bytes() > EVENT_BYTES_MAX) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.getLast().add(kept);
            bytes += kept.bytes();
        }
        return parts;
    }

    private List<NodeId> gateways() {
        return map.get().nodes().stream()
                .filter(member -> member.info().does(NodeInfo.Role.GATEWAY))
                .map(ClusterMap.Member::node)
                .toList();
    }
}
