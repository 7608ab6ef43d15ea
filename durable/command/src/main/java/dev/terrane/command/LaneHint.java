package dev.terrane.command;

import java.util.Collection;
import java.util.List;

/**
 * Where something has just become durable, for whoever reads there, so that he looks at once and nowhere else. It may be lost: everything is found a moment later without it.
 *
 * @param partitions of lanes that have got commands, each once
 * @param outboxes whether some have got events, or commands on their way to lanes
 */
public record LaneHint(List<LanePartition> partitions, boolean outboxes) {
    public LaneHint {
        partitions = List.copyOf(partitions);
    }

    /** Where commands have gone that were appended in a transaction of somebody else. @param outboxes see above */
    public static LaneHint of(LaneRoutes routes, Collection<CommandEnvelope> sent, boolean outboxes) {
        return new LaneHint(sent.stream().map(routes::partitionOf).distinct().toList(), outboxes);
    }

    public static LaneHint of(Collection<LaneSegment> appended) {
        return new LaneHint(
                appended.stream().map(LaneSegment::partition).distinct().toList(), false);
    }
}
