package dev.terrane.clustersim.net;

import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import java.util.List;

/** Sees every message as it is told. */
@FunctionalInterface
public interface Censor {
    /** What is told instead: an honest one lets it pass; nothing: the sender believes that it has left. */
    List<NodeMessage> pass(NodeId from, NodeId to, NodeMessage message);
}
