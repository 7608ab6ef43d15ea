package dev.terrane.simulation;

import dev.terrane.base.RegionId;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Regions and their chunks in world metres, worked out apart from the code under test. */
final class Terrain {
    private static final double ROUNDING_METRES = 1e-6;

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

    /**
     * Whether somebody at that place can have to do with the chunk: it lies within so many metres, rounded up to whole chunks, of the place itself, or of the
     * region's edge on the way back home from there.
     */
    boolean mayReach(Sighting somebody, RegionId region, int chunk, double metres) {
        RegionId home = somebody.cell().region();
        Bounds bounds = partition.bounds(home);
        double reach = (Math.ceil(metres / sideMetres) + 0.5) * sideMetres;
        double x = centreX(region, chunk) - partition.originX(home);
        double y = centreY(region, chunk) - partition.originY(home);
        return near(x, somebody.x() - partition.originX(home), bounds.minX(), bounds.maxX(), reach)
                && near(y, somebody.y() - partition.originY(home), bounds.minY(), bounds.maxY(), reach);
    }

    private static boolean near(double centre, double at, double min, double max, double reach) {
        double edge = Math.clamp(at, min, max);
        // A place right on the edge of a chunk belongs to either: world metres are rounded, local ones were not.
        double least = Math.min(at, edge) - reach - ROUNDING_METRES;
        double most = Math.max(at, edge) + reach + ROUNDING_METRES;
        return centre >= least && centre <= most;
    }

    /** From a place to the nearest point of the chunk in which the entity is filed. */
    double distance(double x, double y, Sighting entity) {
        return distance(x, y, entity.cell().region(), chunkOf(entity));
    }

    /** From a place to the nearest point of the chunk. */
    double distance(double x, double y, RegionId region, int chunk) {
        return grid(region).distanceTo(chunk, x - partition.originX(region), y - partition.originY(region));
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
