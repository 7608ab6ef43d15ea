package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * What an entity is and looks like.
 *
 * @param variant paint of ships and bolts, team of drones, shape of asteroids
 * @param size metres from the centre to the rim
 */
@Component("skirmish.craft")
public record Craft(
        @Replicated int kind,
        @Replicated int variant,
        @Replicated(step = Craft.SIZE_STEP) float size) {
    public static final int SHIP = 0;
    public static final int DRONE = 1;
    public static final int ASTEROID = 2;
    public static final int BOLT = 3;
    public static final int WRECK = 4;

    /** Sizes are told in these, in metres. */
    static final float SIZE_STEP = 1f / 16;

    /** How many paints clients know for ships. */
    static final int SHIP_VARIANTS = 6;
    /** How many teams of drones there are. */
    static final int DRONE_TEAMS = 3;
    /** No craft is larger: how far to look for what touches a point. */
    static final float SIZE_MAX = 14;
}
