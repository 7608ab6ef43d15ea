package dev.terrane.games.skirmish;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.space.Partition;
import java.util.List;

/** Where characters enter: in the middle quarter of the sector's regions, so that they meet. */
final class Entrances {
    /** Of the way from a region's centre to its rim. */
    private static final float REACH = 0.5f;

    private Entrances() {}

    static WorldPosition of(Partition partition, long seed) {
        Rng rng = new Rng(seed);
        List<RegionId> middle = middle(partition);
        RegionId region = middle.get(rng.nextInt(middle.size()));
        double reach = Places.innerRadius(partition, region) * REACH * Math.sqrt(rng.nextFloat());
        float direction = rng.nextFloat(0, (float) (2 * Math.PI));
        return new WorldPosition(
                partition.originX(region) + reach * Angles.cos(direction),
                partition.originY(region) + reach * Angles.sin(direction));
    }

    private static List<RegionId> middle(Partition partition) {
        List<RegionId> regions = partition.regions();
        double x = regions.stream().mapToDouble(partition::originX).average().orElse(0);
        double y = regions.stream().mapToDouble(partition::originY).average().orElse(0);
        return regions.stream()
                .sorted((a, b) -> Double.compare(distance(partition, a, x, y), distance(partition, b, x, y)))
                .limit(Math.max(1, regions.size() / 4))
                .toList();
    }

    private static double distance(Partition partition, RegionId region, double x, double y) {
        double dx = partition.originX(region) - x;
        double dy = partition.originY(region) - y;
        return dx * dx + dy * dy;
    }
}
