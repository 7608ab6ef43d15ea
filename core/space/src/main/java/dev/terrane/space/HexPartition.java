package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.List;

/**
 * Pointy-top hexagons in axial coordinates, {@code columns} × {@code rows} of them, row r shifted by half a hexagon for each row (odd rows to the right).
 *
 * @param columns regions per row
 * @param radiusMetres centre to corner
 */
public record HexPartition(int columns, int rows, double radiusMetres) implements Partition {
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
