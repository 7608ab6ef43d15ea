package dev.terrane.placement.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A cell that somebody has to own.
 *
 * @param pin an administrator wants it on this node; null: anywhere. A pin to a node that is dead does not count
 */
public record ClusterCell(
        CellId id, Home home, CellDemand demand, @Nullable NodeId pin) {}
