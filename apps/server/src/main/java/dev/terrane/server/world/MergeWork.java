package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.CellInput;
import java.util.function.Consumer;
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
    private final Consumer<Cell> taker;
    private long toldEpoch;
    private boolean sealed;
    private int stepCount;

    /** @param taker is given the sealed cell when its last image is stored */
    MergeWork(LayerTools tools, CellId leaving, CellId target, Consumer<Cell> taker) {
        this.tools = tools;
        this.leaving = leaving;
        this.target = target;
        this.taker = taker;
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
        taker.accept(cell);
        return true;
    }
}
