package dev.terrane.command;

import java.util.List;

/**
 * Commands that were appended to a partition at once, or a part of them as it was read.
 *
 * @param firstOffset of the first; the others follow without a gap. Offsets of a partition begin at 0 and never come twice
 */
public record LaneSegment(LanePartition partition, long firstOffset, List<CommandEnvelope> commands) {
    /** Offset after the last. */
    public long endOffset() {
        return firstOffset + commands.size();
    }
}
