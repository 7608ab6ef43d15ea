package dev.terrane.base;

/**
 * Names a region within its world. What {@code a} and {@code b} mean is the partition's affair: a strip uses (index, 0), a hex
 * partition its axial (q, r), a single region (0, 0).
 */
public record RegionId(int a, int b) implements Comparable<RegionId> {
    public static final RegionId ORIGIN = new RegionId(0, 0);

    /** Both coordinates in one number, {@code a} in the upper half: a map key that allocates nothing. */
    public long packed() {
        return ((long) a << 32) | (b & 0xFFFF_FFFFL);
    }

    public static RegionId unpack(long packed) {
        return new RegionId((int) (packed >> 32), (int) packed);
    }

    @Override
    public int compareTo(RegionId other) {
        int byA = Integer.compare(a, other.a);
        return byA != 0 ? byA : Integer.compare(b, other.b);
    }

    @Override
    public String toString() {
        return a + "," + b;
    }
}
