package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.server.lanes.OtherNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a service node has to say to players: told to every node with gateways, which know whose players they have. A gateway node that missed results is told so, and reads them in the store; events that it missed
 * are lost to its players.
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

    PlayersAfar(NodeId self, NodePost post, Supplier<ClusterMap> map) {
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
    public void happened(List<EventEnvelope> events) {
        List<EventEnvelope> part = new ArrayList<>();
        int bytes = 0;
        for (EventEnvelope event : events) {
            if (bytes + event.payload().length > EVENT_BYTES_MAX) {
                tell(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(event);
            bytes += event.payload().length;
        }
        tell(part);
        post.flush();
    }

    private void tell(List<EventEnvelope> events) {
        if (!events.isEmpty()) {
            NodeMessage told = new NodeMessage.Events(events);
            gateways().forEach(gateway -> post.tell(gateway, told));
        }
    }

    private List<NodeId> gateways() {
        return map.get().nodes().stream()
                .filter(member -> member.info().does(NodeInfo.Role.GATEWAY))
                .map(ClusterMap.Member::node)
                .toList();
    }
}
