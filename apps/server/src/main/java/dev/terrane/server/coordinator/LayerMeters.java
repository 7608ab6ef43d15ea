package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.placement.CrowdStep;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a coordinator counts of layers: how many regions have, and what the leader does about crowds. {@link #began} and {@link #crowded} belong to the coordinator's thread. */
final class LayerMeters {
    private final Meters meters;
    private final Meters.Count splits;
    private final Meters.Count merges;
    private final Set<CellId> metered = new TreeSet<>();
    private volatile Set<CellId> crowded = Set.of();

    LayerMeters(Meters meters, WorldPlan world, Supplier<ClusterMap> map) {
        String name = world.id().name();
        this.meters = meters;
        this.splits = meters.count("world_splits", "world", name);
        this.merges = meters.count("world_merges", "world", name);
        for (CellId first : world.cells()) {
            RegionId region = first.region();
            meters.gauge("region_layers", () -> layers(map.get(), first), "world", name, "region", region.toString());
        }
    }

    private static long layers(ClusterMap map, CellId first) {
        return map.cells().stream()
                .filter(tenure -> tenure.phase() != Tenure.Phase.FREE
                        && tenure.cell().region().equals(first.region())
                        && tenure.cell().world().equals(first.world()))
                .count();
    }

    void began(CrowdStep what) {
        if (what instanceof CrowdStep.Split) {
            splits.one();
        } else if (what instanceof CrowdStep.Merge) {
            merges.one();
        }
    }

    /** Cells that are over their limits, and nothing helped yet. */
    void crowded(Set<CellId> cells) {
        crowded = Set.copyOf(cells);
        for (CellId cell : cells) {
            if (metered.add(cell)) {
                meters.gauge("cell_crowded", () -> crowded.contains(cell) ? 1 : 0, "cell", cell.toString());
            }
        }
    }
}
