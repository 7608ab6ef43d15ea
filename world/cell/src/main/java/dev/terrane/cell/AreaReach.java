package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;

/**
 * Which cells own entities in a circle, as far as can be known here: all layers of the regions that it touches, of those that lie within
 * the hysteresis of their borders, and the owners of ghosts in it, who may have come in from farther away.
 */
final class AreaReach {
    private final Body body;
    private final Partition partition;
    private final RegionId home;
    private final List<RegionId> neighbours;
    private final List<RegionId> regions = new ArrayList<>();
    private final List<CellId> cells = new ArrayList<>();
    private final long[] ghosts = new long[256];

    AreaReach(Body body) {
        this.body = body;
        this.partition = body.spec.world().map().partition();
        this.home = body.spec.cell().region();
        this.neighbours = partition.neighbours(home);
    }

    /** Each cell once, in a fixed order; valid until the next call. */
    List<CellId> cells(double worldX, double worldY, float radiusMetres) {
        collectRegions(
                worldX, worldY, radiusMetres + body.spec.settings().borders().hysteresisMetres());
        cells.clear();
        for (int i = 0; i < regions.size(); i++) {
            for (int layer : body.layers.layersOf(regions.get(i))) {
                cells.add(new CellId(body.spec.cell().world(), regions.get(i), layer));
            }
        }
        addOwnersOfGhosts(worldX, worldY, radiusMetres);
        return cells;
    }

    /** From region to region, beginning where the circle's centre is, as far as it touches them. */
    private void collectRegions(double worldX, double worldY, double reachMetres) {
        regions.clear();
        if (distance(home, worldX, worldY) >= reachMetres) {
            regions.add(home);
            return;
        }
        regions.add(partition.regionAt(worldX, worldY));
        for (int i = 0; i < regions.size(); i++) {
            RegionId from = regions.get(i);
            List<RegionId> next = from.equals(home) ? neighbours : partition.neighbours(from);
            for (int n = 0; n < next.size(); n++) {
                RegionId region = next.get(n);
                if (distance(region, worldX, worldY) > -reachMetres && !regions.contains(region)) {
                    regions.add(region);
                }
            }
        }
    }

    private double distance(RegionId region, double worldX, double worldY) {
        return partition.distanceToBorder(
                region, worldX - partition.originX(region), worldY - partition.originY(region));
    }

    private void addOwnersOfGhosts(double worldX, double worldY, float radiusMetres) {
        float x = (float) (worldX - partition.originX(home));
        float y = (float) (worldY - partition.originY(home));
        int count = body.ghosts.near(x, y, radiusMetres, ghosts);
        for (int i = 0; i < count; i++) {
            CellId owner = body.ghosts.sourceOf(body.ghosts.idOf(ghosts[i]));
            if (owner != null && !cells.contains(owner)) {
                cells.add(owner);
            }
        }
    }
}
