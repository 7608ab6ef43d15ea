package dev.terrane.recorder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay is not what was recorded.
 *
 * @param tick the first that is known to have gone otherwise
 * @param how what told it
 * @param comparedAtTick the tick after which entities were compared, -1 when there is nothing to compare with
 * @param fields what differs of entities there
 * @param amongReplays where two replays of the same ticks differ from each other, which is earlier and to the point: something in the game is not decided by
 *     what was recorded; null when they do not
 */
public record Divergence(
        long tick,
        String how,
        long comparedAtTick,
        List<FieldDifference> fields,
        @Nullable Disagreement amongReplays) {

    /**
     * Two replays in one process.
     *
     * @param fields with what the one has as recorded, and what the other has as replayed
     */
    public record Disagreement(long tick, List<FieldDifference> fields) {}
}
