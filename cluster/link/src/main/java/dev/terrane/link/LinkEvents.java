package dev.terrane.link;

import dev.terrane.base.NodeId;

/**
 * What happens on a node's links. All calls come on the links' own thread, one after the other; whoever waits in one keeps every
 * link from being heard, heartbeats included.
 *
 * <p>Between {@code connected} and {@code lost} of a node its messages come in order per lane, each once. What was underway when a
 * link is lost may have arrived or not.
 */
public interface LinkEvents {
    /** A link is open; messages may be offered from within this call. */
    void connected(NodeId peer, LinkInfo info);

    /** A message. The bytes are valid only during the call: copy what has to stay. */
    void received(NodeId peer, Lane lane, byte[] bytes, int offset, int length);

    /** The link of that node is over; a new one is tried where it was dialled from. Always comes after a {@code connected}. */
    void lost(NodeId peer, LinkLoss loss);

    /**
     * Where that node listens nobody does: its machine has refused a dial. When its link broke as well, its process is over.
     * Comes with each dial that is refused so.
     */
    default void absent(NodeId peer) {}

    /** A connection was turned away, by this node or by the other, before it was open. Nothing needs to be done about it. */
    default void refused(String who, LinkLoss loss) {}
}
