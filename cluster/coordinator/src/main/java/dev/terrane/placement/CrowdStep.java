package dev.terrane.placement;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;

/** What is to be done about a crowd. Every kind but {@link Newcomers} keeps its region busy until {@link CrowdPlan#done}. */
public sealed interface CrowdStep {
    RegionId region();

    /** Open a new layer and give it about this share of the crowded cell's entities. */
    record Split(CellId crowded, CellId fresh, float share) implements CrowdStep {
        @Override
        public RegionId region() {
            return crowded.region();
        }
    }

    /** Give an emptier layer about this share of the crowded cell's entities. */
    record Balance(CellId crowded, CellId emptier, float share) implements CrowdStep {
        @Override
        public RegionId region() {
            return crowded.region();
        }
    }

    /** Move everything out of a layer that is no longer needed, then close it. */
    record Merge(CellId leaving, CellId target) implements CrowdStep {
        @Override
        public RegionId region() {
            return leaving.region();
        }
    }

    /** Whoever comes into the region goes to this layer from now on. */
    record Newcomers(CellId cell) implements CrowdStep {
        @Override
        public RegionId region() {
            return cell.region();
        }
    }
}
