package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.protocol.cluster.CellInput;

/** Which layers the regions around have, and who of this cell has to go to another layer. */
final class LayerDesk {
    private static final int[] ONE_LAYER = {0};

    private final Body body;

    LayerDesk(Body body) {
        this.body = body;
    }

    /** Layers, Divide or Merge. */
    void take(CellInput message) {}

    /** The cell that takes in whoever comes into this region from outside. */
    CellId entranceOf(RegionId region) {
        return new CellId(body.spec.cell().world(), region, 0);
    }

    /** The layers of a region, ascending, never empty. Not to be changed. */
    int[] layersOf(RegionId region) {
        return ONE_LAYER;
    }

    /** Hands off whom a split or a merge sends away, some each tick. */
    void handOff() {}
}
