package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.placement.LadderRules;
import dev.terrane.placement.cluster.Border;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to simulate, and how carefully.
 *
 * @param partition where each region lies
 * @param cells that always have to be somebody's
 * @param borders which of them are neighbours
 * @param tickRate ticks per second, 1 to 1000
 * @param simsExpected that are waited for before cells are first dealt out
 * @param hasStandbys whether a second sim follows every cell
 * @param crowds when regions split and merge; durations in ticks
 * @param ladder when the world steps down and up
 */
public record WorldPlan(
        Partition partition,
        List<CellId> cells,
        List<Border> borders,
        int tickRate,
        int simsExpected,
        boolean hasStandbys,
        CrowdRules crowds,
        LadderRules ladder) {
    /** Nothing ever splits. */
    private static final CrowdRules NO_CROWDS = new CrowdRules(
            new CrowdLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE), 1, 1, 1, 1, 0);

    public WorldPlan {
        cells = List.copyOf(cells);
        borders = List.copyOf(borders);
    }

    /** Every region of a world, in its first layer, and no crowds. */
    public static WorldPlan of(
            WorldId world, Partition partition, int tickRate, int simsExpected, boolean hasStandbys) {
        List<CellId> cells = new ArrayList<>();
        List<Border> borders = new ArrayList<>();
        for (RegionId region : partition.regions()) {
            CellId cell = new CellId(world, region, 0);
            cells.add(cell);
            for (RegionId neighbour : partition.neighbours(region)) {
                if (region.compareTo(neighbour) < 0) { // Neighbourhood is symmetric: each border once.
                    borders.add(new Border(cell, new CellId(world, neighbour, 0)));
                }
            }
        }
        return new WorldPlan(
                partition, cells, borders, tickRate, simsExpected, hasStandbys, NO_CROWDS, LadderRules.OFF);
    }

    /** With crowds that are taken care of. */
    public WorldPlan splitting(CrowdRules rules) {
        return new WorldPlan(partition, cells, borders, tickRate, simsExpected, hasStandbys, rules, ladder);
    }

    /** With overload that is answered. */
    public WorldPlan pacing(LadderRules rules) {
        return new WorldPlan(partition, cells, borders, tickRate, simsExpected, hasStandbys, crowds, rules);
    }

    WorldId id() {
        return cells.getFirst().world();
    }
}
