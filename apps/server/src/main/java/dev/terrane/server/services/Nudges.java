package dev.terrane.server.services;

import dev.terrane.base.NodeId;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells service nodes which lanes have got something, so that they need not find out by themselves, up to a second later. Any thread; never blocks. */
public final class Nudges {
    private final @Nullable NodeId silent;
    private final NodePost post;
    private final Supplier<ClusterMap> map;

    /** @param silent the own node, if its lanes know by themselves what it appends; else null */
    public Nudges(@Nullable NodeId silent, NodePost post, Supplier<ClusterMap> map) {
        this.silent = silent;
        this.post = post;
        this.map = map;
    }

    public void appended(LaneHint hint) {
        NodeMessage nudge = new NodeMessage.Nudge(hint);
        for (ClusterMap.Member member : map.get().nodes()) {
            if (member.info().does(NodeInfo.Role.SERVICE) && !member.node().equals(silent)) {
                post.tell(member.node(), nudge);
            }
        }
        post.flush();
    }
}
