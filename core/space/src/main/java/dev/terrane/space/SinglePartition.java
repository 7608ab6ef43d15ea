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
