package dev.terrane.sdk.bots;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.sdk.Input;
import dev.terrane.space.Bounds;
import dev.terrane.space.Partition;
import java.util.List;

/** From one random point to the next, so that entities cross every border of the world. */
final class RoamPilot implements Pilot {
    private static final double ARRIVED_METRES = 40;
    /** Decisions after which a point that cannot be reached is given up. */
    private static final int PATIENCE = 200;
    /** Points keep this share of a region's half width from its centre: all of them lie inside, whatever its shape. */
    private static final float REACH = 0.6f;

    private final Rng rng;
    private double goalX;
    private double goalY;
    private int patience;

    RoamPilot(Rng rng) {
        this.rng = rng;
    }

    @Override
    public Input steer(Surroundings around) {
        patience--;
        if (patience <= 0 || Math.hypot(goalX - around.x(), goalY - around.y()) < ARRIVED_METRES) {
            choose(around.partition());
        }
        return Steering.towards(around, goalX, goalY, 0);
    }

    private void choose(Partition partition) {
        List<RegionId> regions = partition.regions();
        RegionId region = regions.get(rng.nextInt(regions.size()));
        Bounds bounds = partition.bounds(region);
        double half = Math.min(bounds.width(), bounds.height()) / 2;
        goalX = partition.originX(region) + rng.nextFloat(-REACH, REACH) * half;
        goalY = partition.originY(region) + rng.nextFloat(-REACH, REACH) * half;
        patience = PATIENCE;
    }
}
