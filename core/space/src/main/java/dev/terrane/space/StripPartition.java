package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.List;

/**
 * Regions of equal width along x, region {@code (i, 0)} covering x in [i·width, (i+1)·width) (R8).
 *
 * @param widthMetres positive; 512 by default
 * @param depthMetres the world's extent along y, centred on 0
 */
public record StripPartition(int count, double widthMetres, double depthMetres) implements Partition {
    public static final double WIDTH_METRES_DEFAULT = 512;

    @Override
    public RegionId regionAt(double x, double y) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double originX(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double originY(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegionId> neighbours(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegionId> regions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bounds bounds(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double distanceToBorder(RegionId region, double localX, double localY) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double[] outline(RegionId region) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String describe() {
        throw new UnsupportedOperationException();
    }
}
