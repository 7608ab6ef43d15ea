package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.List;

/**
 * Cuts the plane of a world into regions, each position into exactly one, on half-open borders.
 *
 * <p>{@code x} and {@code y} span the plane in metres; height is nobody's border. A finite partition clamps: a position outside
 * belongs to the nearest region of the world's edge. Immutable; any thread may ask. Asking about a region that is not part of this
 * world throws IllegalArgumentException; {@link #contains} tells.
 */
public sealed interface Partition permits StripPartition, HexPartition, SinglePartition {
    /** The region that owns a world position; NaN and infinities throw IllegalArgumentException. */
    RegionId regionAt(double x, double y);

    /** World x of the point from which the region's local offsets are measured: its centre. */
    double originX(RegionId region);

    double originY(RegionId region);

    /** Regions that share a border with this one, in a fixed order, without itself. Symmetric. */
    List<RegionId> neighbours(RegionId region);

    /** Every region of the world, in a fixed order. */
    List<RegionId> regions();

    /** Whether the region is part of this world. */
    boolean contains(RegionId region);

    /** The smallest upright rectangle around the region, in local offsets. */
    Bounds bounds(RegionId region);

    /**
     * Metres from a local position to the nearest border that has a neighbour behind it: positive inside, negative outside,
     * {@link Double#POSITIVE_INFINITY} where the region has no neighbours. Used for sticky borders. Within the world its sign agrees
     * with {@link #regionAt}; beyond the world's edge it may still be positive where a region that is no neighbour is nearest.
     */
    double distanceToBorder(RegionId region, double localX, double localY);

    /** The corners of the region in world coordinates, x and y in turn, counter-clockwise: for maps. */
    double[] outline(RegionId region);

    /**
     * The sides of the region with nothing behind them, the rim of the world as far as it belongs to it: of each the outward normal x, y and the
     * distance from the region's origin, in metres. What keeps somebody inside needs these; clients work out the same.
     */
    default float[] openSides(RegionId region) {
        return OpenSides.of(this, region);
    }

    /** Kind and parameters, enough to rebuild it in another language: {@code hex;columns=4;rows=4;radius=256.0}. */
    String describe();

    /** The inverse of {@link #describe}; throws IllegalArgumentException that names what is wrong. */
    static Partition parse(String description) {
        return PartitionText.parse(description);
    }
}
