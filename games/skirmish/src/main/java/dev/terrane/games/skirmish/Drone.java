package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;

/**
 * What a drone has on its mind. Places are local to {@code homeRegion}: a drone that was handed to another cell takes a new home there.
 *
 * @param homeRegion packed; see {@link dev.terrane.base.RegionId#packed}
 * @param goalX where it is going while it has no target
 * @param target entity id, or 0
 * @param thinkTick when it looks around again
 * @param aimError radians by which it misjudges its target, until it thinks again
 */
@Component("skirmish.drone")
public record Drone(
        long homeRegion,
        float homeX,
        float homeY,
        float goalX,
        float goalY,
        long target,
        long thinkTick,
        float aimError) {
    /** No region has this number: it takes the first place it sees as its home. */
    static final long HOMELESS = Long.MIN_VALUE;

    static final Drone NEWBORN = new Drone(HOMELESS, 0, 0, 0, 0, 0, 0, 0);

    Drone goingTo(float x, float y) {
        return new Drone(homeRegion, homeX, homeY, x, y, target, thinkTick, aimError);
    }
}
