package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.placement.CrowdStep;
import dev.terrane.protocol.cluster.CellInput;
import org.jspecify.annotations.Nullable;

/**
 * Empties a layer and takes it away.
 *
 * <pre>
 *   telling (newcomers go elsewhere) ──Merge──► draining ──drained──► Seal ──last image stored──► taken away
 *                                        ▲          │ it fell and came back
 *                                        └──────────┘
 * </pre>
 */
final class MergeWork implements LayerWorks.Work {
    /** Steps between two requests for images: a second and a half, so that a full store is not asked again before it answered. */
    private static final int STEPS_PER_REQUEST = 15;

    private final LayerTools tools;
    private final CellId leaving;
    private final CellId target;
    private long toldEpoch;
    private boolean sealed;
    private int stepCount;

    MergeWork(LayerTools tools, CrowdStep.Merge merge) {
        this.tools = tools;
        this.leaving = merge.leaving();
        this.target = merge.target();
        tools.announce(leaving.region());
    }

    @Override
    public boolean step() {
        stepCount++;
        @Nullable Cell cell = tools.cell(leaving);
        if (cell == null) {
            return false; // It fell and comes back.
        }
        if (cell.phase() == Cell.Phase.SEALED) {
            return takeAway(cell);
        }
        if (cell.epoch() != toldEpoch) {
            sealed = false;
            if (tools.heard(leaving.region()) && tools.tell(cell, new CellInput.Merge(target))) {
                toldEpoch = cell.epoch();
            }
        } else if (cell.drained()) {
            sealed = sealed || tools.tell(cell, new CellInput.Seal());
        } else if (cell.movingCount() == 0 && stepCount % STEPS_PER_REQUEST == 0) {
            tools.requestImages();
        }
        return false;
    }

    private boolean takeAway(Cell cell) {
        if (!tools.stored(cell, stepCount % STEPS_PER_REQUEST == 0)) {
            return false;
        }
        tools.takeAway(cell);
        return true;
    }
}
