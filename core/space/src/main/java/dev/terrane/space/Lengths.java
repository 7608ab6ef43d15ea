package dev.terrane.space;

import dev.terrane.base.RegionId;

/** The ranges that a partition's numbers must keep, each refused with a sentence that names the number. */
final class Lengths {
    /** Beyond ten thousand kilometres a float offset from a region's origin is coarser than a metre. */
    static final double METRES_MAX = 10_000_000;

    /** A world of more regions than this wants a partition that does not list them. */
    static final int REGION_COUNT_MAX = 65_536;

    private Lengths() {}

    static void requireMetres(String name, double value) {
        if (!(value > 0 && value <= METRES_MAX)) {
            throw new IllegalArgumentException(
                    name + " is " + value + " but must be more than 0 and at most " + (long) METRES_MAX + " metres");
        }
    }

    static void requireCount(String name, int value) {
        if (value < 1 || value > REGION_COUNT_MAX) {
            throw new IllegalArgumentException(name + " is " + value + " but must be 1 to " + REGION_COUNT_MAX);
        }
    }

    static void requireFinite(double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("position (" + x + ", " + y + ") is not finite");
        }
    }

    static void requireOwn(Partition partition, RegionId region) {
        if (!partition.contains(region)) {
            throw new IllegalArgumentException(
                    "region " + region + " is not part of this world (" + partition.describe() + ")");
        }
    }
}
