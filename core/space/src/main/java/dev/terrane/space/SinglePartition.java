package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.List;

/**
 * One region for the whole world: a match, a room, a small map.
 *
 * @param widthMetres extent along x, centred on 0
 * @param depthMetres extent along y, centred on 0
 */
public record SinglePartition(double widthMetres, double depthMetres) implements Partition {
    public SinglePartition {
        Lengths.requireMetres("width", widthMetres);
        Lengths.requireMetres("depth", depthMetres);
    }

    @Override
    public RegionId regionAt(double x, double y) {
        Lengths.requireFinite(x, y);
        return RegionId.ORIGIN;
    }

    @Override
    public double originX(RegionId region) {
        Lengths.requireOwn(this, region);
        return 0;
    }

    @Override
    public double originY(RegionId region) {
        Lengths.requireOwn(this, region);
        return 0;
    }

    @Override
    public List<RegionId> neighbours(RegionId region) {
        Lengths.requireOwn(this, region);
        return List.of();
    }

    @Override
    public List<RegionId> regions() {
        return List.of(RegionId.ORIGIN);
    }

    @Override
    public boolean contains(RegionId region) {
        return region.a() == 0 && region.b() == 0;
    }

    @Override
    public Bounds bounds(RegionId region) {
        Lengths.requireOwn(this, region);
        return new Bounds(-widthMetres / 2, -depthMetres / 2, widthMetres / 2, depthMetres / 2);
    }

    @Override
    public double distanceToBorder(RegionId region, double localX, double localY) {
        Lengths.requireOwn(this, region);
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] outline(RegionId region) {
        return bounds(region).outline(0, 0);
    }

    @Override
    public String describe() {
        return "single;width=" + widthMetres + ";depth=" + depthMetres;
    }
}
