package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of hexagons with a corner up: {@code rows} rows of {@code columns} hexagons, every odd row half a hexagon to the right.
 *
 * <pre>
 *      (-1,2) (0,2) (1,2)        region = axial (q, r): r is the row, q = column − (row − row mod 2) / 2
 *         (0,1) (1,1) (2,1)      y grows upwards; the origin of (0,0) is the world's (0, 0)
 *      (0,0) (1,0) (2,0)
 * </pre>
 *
 * <p>A position belongs to the region whose centre is nearest, which within the field is the hexagon around it and beyond the field
 * goes on without a seam. On a border the rounding below decides, always the same way. Axial coordinates and cube rounding: Amit
 * Patel, "Hexagonal Grids", Red Blob Games.
 *
 * @param columns regions per row
 * @param radiusMetres centre to corner
 */
public record HexPartition(int columns, int rows, double radiusMetres) implements Partition {
    private static final double SQRT_3 = Math.sqrt(3);
    private static final int[] STEP_Q = {1, 0, -1, -1, 0, 1};
    private static final int[] STEP_R = {0, 1, 1, 0, -1, -1};

    public HexPartition {
        Lengths.requireCount("columns", columns);
        Lengths.requireCount("rows", rows);
        Lengths.requireCount("columns · rows", Math.clamp((long) columns * rows, 1, Integer.MAX_VALUE));
        Lengths.requireMetres("radius", radiusMetres);
    }

    @Override
    public RegionId regionAt(double x, double y) {
        Lengths.requireFinite(x, y);
        double q = (x * SQRT_3 - y) / (3 * radiusMetres);
        double r = y / (1.5 * radiusMetres);
        double s = -q - r;
        double roundQ = Math.floor(q + 0.5);
        double roundR = Math.floor(r + 0.5);
        double roundS = Math.floor(s + 0.5);
        double errorQ = Math.abs(roundQ - q);
        double errorR = Math.abs(roundR - r);
        double errorS = Math.abs(roundS - s);
        // The three must add up to 0: the one that was rounded most follows from the others.
        if (errorQ > errorR && errorQ > errorS) {
            roundQ = -roundR - roundS;
        } else if (errorR > errorS) {
            roundR = -roundQ - roundS;
        }
        if (roundR >= 0 && roundR < rows) {
            int row = (int) roundR;
            double column = roundQ + (row >> 1);
            if (column >= 0 && column < columns) {
                return new RegionId((int) roundQ, row);
            }
        }
        return nearest(x, y);
    }

    /** For positions beyond the field; the lower row wins a tie. */
    private RegionId nearest(double x, double y) {
        double width = SQRT_3 * radiusMetres;
        double best = Double.POSITIVE_INFINITY;
        int bestColumn = 0;
        int bestRow = 0;
        for (int row = 0; row < rows; row++) {
            double shift = (row & 1) * 0.5;
            int column = (int) Math.clamp(Math.floor(x / width - shift + 0.5), 0, columns - 1);
            double dx = x - (column + shift) * width;
            double dy = y - row * 1.5 * radiusMetres;
            double distance = dx * dx + dy * dy;
            if (distance < best) {
                best = distance;
                bestColumn = column;
                bestRow = row;
            }
        }
        return new RegionId(bestColumn - (bestRow >> 1), bestRow);
    }

    @Override
    public double originX(RegionId region) {
        Lengths.requireOwn(this, region);
        return radiusMetres * SQRT_3 * (region.a() + region.b() * 0.5);
    }

    @Override
    public double originY(RegionId region) {
        Lengths.requireOwn(this, region);
        return radiusMetres * 1.5 * region.b();
    }

    /** Counter-clockwise, east first. */
    @Override
    public List<RegionId> neighbours(RegionId region) {
        Lengths.requireOwn(this, region);
        List<RegionId> found = new ArrayList<>(STEP_Q.length);
        for (int i = 0; i < STEP_Q.length; i++) {
            int q = region.a() + STEP_Q[i];
            int r = region.b() + STEP_R[i];
            if (inField(q, r)) {
                found.add(new RegionId(q, r));
            }
        }
        return List.copyOf(found);
    }

    /** Row by row. */
    @Override
    public List<RegionId> regions() {
        List<RegionId> all = new ArrayList<>(columns * rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                all.add(new RegionId(column - (row >> 1), row));
            }
        }
        return List.copyOf(all);
    }

    @Override
    public boolean contains(RegionId region) {
        return inField(region.a(), region.b());
    }

    private boolean inField(int q, int r) {
        long column = (long) q + (r >> 1);
        return r >= 0 && r < rows && column >= 0 && column < columns;
    }

    @Override
    public Bounds bounds(RegionId region) {
        Lengths.requireOwn(this, region);
        double half = SQRT_3 / 2 * radiusMetres;
        return new Bounds(-half, -radiusMetres, half, radiusMetres);
    }

    @Override
    public double distanceToBorder(RegionId region, double localX, double localY) {
        Lengths.requireOwn(this, region);
        double apothem = SQRT_3 / 2 * radiusMetres;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < STEP_Q.length; i++) {
            if (inField(region.a() + STEP_Q[i], region.b() + STEP_R[i])) {
                // The unit vector to the neighbour: all six centres are 2 · apothem away.
                double towardsX = STEP_Q[i] + STEP_R[i] * 0.5;
                double towardsY = STEP_R[i] * (SQRT_3 / 2);
                nearest = Math.min(nearest, apothem - (localX * towardsX + localY * towardsY));
            }
        }
        return nearest;
    }

    @Override
    public double[] outline(RegionId region) {
        double x = originX(region);
        double y = originY(region);
        double side = SQRT_3 / 2 * radiusMetres;
        double shoulder = radiusMetres / 2;
        return new double[] {
            x + side,
            y - shoulder,
            x + side,
            y + shoulder,
            x,
            y + radiusMetres,
            x - side,
            y + shoulder,
            x - side,
            y - shoulder,
            x,
            y - radiusMetres
        };
    }

    @Override
    public String describe() {
        return "hex;columns=" + columns + ";rows=" + rows + ";radius=" + radiusMetres;
    }
}
