package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.concurrent.TimeUnit;

/**
 * Moves a share of one layer's entities to another.
 *
 * <pre>
 *   telling (all have heard of the layers) ──Divide──► moving ──nobody is left to move, or it fell, or a minute passed──► done
 * </pre>
 */
final class DivideWork implements LayerWorks.Work {
    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

    private final LayerTools tools;
    private final CellId crowded;
    private final CellId target;
    private final float share;
    private final long epoch;
    private final long begunNanos;
    private boolean told;
    private long toldEpoch;
    private long toldTick;

    DivideWork(LayerTools tools, CellId crowded, CellId target, float share) {
        this(tools, crowded, target, share, CellPort.ANY_EPOCH);
    }

    /** @param epoch under which the crowded cell has to run */
    DivideWork(LayerTools tools, CellId crowded, CellId target, float share, long epoch) {
        this.tools = tools;
        this.crowded = crowded;
        this.target = target;
        this.share = share;
        this.epoch = epoch;
        this.begunNanos = tools.nanos();
    }

    @Override
    public boolean step() {
        Cell cell = tools.cell(crowded);
        boolean meant = cell != null && (epoch == CellPort.ANY_EPOCH || epoch == cell.epoch());
        if (cell == null || !meant || tools.nanos() - begunNanos > NANOS_MAX) {
            return true; // It starts anew without the wish: if it is still crowded then, it is asked again.
        }
        if (told) {
            return cell.epoch() != toldEpoch || (cell.lastTick() > toldTick + 1 && cell.movingCount() == 0);
        }
        if (tools.heard(crowded.region()) && tools.tell(cell, new CellInput.Divide(target, share))) {
            told = true;
            toldEpoch = cell.epoch();
            toldTick = cell.lastTick();
        }
        return false;
    }
}
