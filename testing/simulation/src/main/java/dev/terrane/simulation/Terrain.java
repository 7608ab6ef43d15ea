package dev.terrane.simulation;

import dev.terrane.base.RegionId;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Regions and their chunks in world metres, worked out apart from the code under test. */
final class Terrain {
    private final Partition partition;
    private final double sideMetres;
    private final SortedMap<RegionId, ChunkGrid> grids = new TreeMap<>();

    Terrain(Plan plan) {
        this.partition = plan.partition();
        this.sideMetres = plan.cells().chunkMetres();
        partition.regions().forEach(region -> grids.put(region, new ChunkGrid(partition.bounds(region), sideMetres)));
    }

    double sideMetres() {
        return sideMetres;
    }

    ChunkGrid grid(RegionId region) {
        ChunkGrid grid = grids.get(region);
        if (grid == null) {
            throw new IllegalArgumentException("no region " + region);
        }
        return grid;
    }

    /** A region and its neighbours. */
    List<RegionId> around(RegionId region) {
        List<RegionId> all = new ArrayList<>(partition.neighbours(region));
        all.addFirst(region);
        return all;
    }

    boolean neighbours(RegionId one, RegionId other) {
        return one.equals(other) || partition.neighbours(one).contains(other);
    }

    /** The chunk in which its cell files it: whoever is beyond a sticky border counts to the nearest one. */
    int chunkOf(Sighting entity) {
        RegionId region = entity.cell().region();
        return grid(region).chunkAt((float) (entity.x() - partition.originX(region)), (float)
                (entity.y() - partition.originY(region)));
    }

    double centreX(RegionId region, int chunk) {
        return partition.originX(region) + grid(region).centreX(chunk);
    }

    double centreY(RegionId region, int chunk) {
        return partition.originY(region) + grid(region).centreY(chunk);
    }

    /** From a place to the nearest point of the chunk in which the entity is filed. */
    double distance(double x, double y, Sighting entity) {
        RegionId region = entity.cell().region();
        return grid(region).distanceTo(chunkOf(entity), x - partition.originX(region), y - partition.originY(region));
    }

    /** Within the region of its cell, not beyond a sticky border. */
    boolean atHome(Sighting entity) {
        return partition.regionAt(entity.x(), entity.y()).equals(entity.cell().region())
                && partition.distanceToBorder(
                                entity.cell().region(),
                                entity.x() - partition.originX(entity.cell().region()),
                                entity.y() - partition.originY(entity.cell().region()))
                        >= 0;
    }
}
