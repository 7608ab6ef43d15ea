package dev.terrane.server.world;

import dev.terrane.cell.Cell;
import dev.terrane.placement.CrowdStep;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens a layer and gives it a part of a crowded cell.
 *
 * <pre>
 *   opening (job thread: grant, open) ──► seated, announced ──► {@link DivideWork}
 * </pre>
 */
final class SplitWork implements LayerWorks.Work {
    private final LayerTools tools;
    private final Governor governor;
    private final CompletableFuture<Cell> opening;
    private final DivideWork divide;
    private boolean seated;

    SplitWork(LayerTools tools, Governor governor, CrowdStep.Split split) {
        this.tools = tools;
        this.governor = governor;
        this.opening = tools.wake(split.fresh());
        this.divide = new DivideWork(tools, split.crowded(), split.fresh(), split.share());
    }

    /** @throws java.util.concurrent.CompletionException when the layer could not be opened: the region stays as it is */
    @Override
    public boolean step() {
        if (!seated) {
            @Nullable Cell fresh = opening.getNow(null);
            if (fresh == null) {
                return false;
            }
            tools.seat(fresh, governor);
            seated = true;
        }
        return divide.step();
    }
}
