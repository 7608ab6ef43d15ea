package dev.terrane.node;

import dev.terrane.base.NodeId;
import java.util.Set;

/** The way to other nodes, and to the own one. Any thread may call it, also within a tick: it never waits. */
public interface NodePost {
    /**
     * Leaves a message; it goes with the next {@link #flush}.
     *
     * @param to the own node, too: it is heard there as if it had come over a link
     * @return false when there is no link to that node, or no room: it will not arrive. True says only that it has left
     */
    boolean tell(NodeId to, NodeMessage message);

    /** Lets everything go that was left. Once per tick, or after what must not wait. */
    void flush();

    /** Nodes to which there is a link now, without the own one. */
    Set<NodeId> linked();
}
