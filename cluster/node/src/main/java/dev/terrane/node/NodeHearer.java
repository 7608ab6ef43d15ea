package dev.terrane.node;

import dev.terrane.base.NodeId;

/** Is told what comes from other nodes. One thread calls it; whoever waits in a call keeps all links from being heard. */
public interface NodeHearer {
    /** There is a link now. Messages may be told from within. @param life of the other node */
    default void connected(NodeId peer, long life) {}

    /** The message's members are the hearer's. */
    void received(NodeId peer, NodeMessage message);

    /** The link is over; what was underway is lost. */
    default void lost(NodeId peer, long life) {}

    /** There is no link to that node, and where it should listen nobody does. */
    default void absent(NodeId peer) {}
}
