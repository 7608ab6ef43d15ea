package dev.terrane.base;

/** Names a cell: the single writer of one region, or of one layer of a crowded one. {@code layer} is 0 to 255. */
public record CellId(WorldId world, RegionId region, int layer) implements Comparable<CellId> {
    public CellId {
        if (layer < 0 || layer > 255) {
            throw new IllegalArgumentException("layer " + layer + " must be 0 to 255");
        }
    }

    @Override
    public int compareTo(CellId other) {
        int byWorld = world.compareTo(other.world);
        if (byWorld != 0) {
            return byWorld;
        }
        int byRegion = region.compareTo(other.region);
        return byRegion != 0 ? byRegion : Integer.compare(layer, other.layer);
    }

    /** For people and logs, for example {@code skirmish/2,-1#0}. */
    @Override
    public String toString() {
        return world + "/" + region + "#" + layer;
    }
}
