package dev.terrane.sdk.bots;

import dev.terrane.base.RegionId;
import dev.terrane.sdk.Input;
import dev.terrane.space.Partition;
import java.util.List;

/** To the middle of the world, and there it stays. */
final class CrowdPilot implements Pilot {
    private static final double NEAR_METRES = 25;

    @Override
    public Input steer(Surroundings around) {
        Partition partition = around.partition();
        List<RegionId> regions = partition.regions();
        double x = 0;
        double y = 0;
        for (RegionId region : regions) {
            x += partition.originX(region) / regions.size();
            y += partition.originY(region) / regions.size();
        }
        return Math.hypot(x - around.x(), y - around.y()) < NEAR_METRES
                ? new Input(0, 0, 0, Buttons.BRAKE, 0)
                : Steering.towards(around, x, y, 0);
    }
}
