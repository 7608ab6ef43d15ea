package dev.terrane.games.skirmish;

import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Velocity;

/** How a drone moves once it knows what it wants. Pure: offsets in, controls out. */
final class DroneTactics {
    static final Velocity STILL = new Velocity(0, 0);
    static final float TOO_CLOSE_METRES = 35;
    static final float TOO_FAR_METRES = 60;

    private static final float FIRE_METRES = 100;
    private static final float PATROL_THRUST = 0.4f;

    private DroneTactics() {}

    /** Flies, without haste and looking ahead, to a goal at this offset. */
    static Controls patrol(float x, float y) {
        float distance = Angles.length(x, y);
        if (distance == 0) {
            return new Controls(0, 0, 0, 0, 0);
        }
        float scale = PATROL_THRUST / distance;
        return new Controls(x * scale, y * scale, Angles.of(x, y), 0, 0);
    }

    /**
     * Comes near, circles, and flees from whoever comes too close; always aims, and fires in range.
     *
     * @param x offset of the target
     * @param relative the target's velocity as the drone sees it: its bolts inherit its own
     */
    static Controls fight(float x, float y, Velocity relative, float aimError) {
        float distance = Math.max(Angles.length(x, y), 0.01f);
        float towardsX = x / distance;
        float towardsY = y / distance;
        float moveX = -towardsY;
        float moveY = towardsX;
        if (distance > TOO_FAR_METRES) {
            moveX = towardsX;
            moveY = towardsY;
        } else if (distance < TOO_CLOSE_METRES) {
            moveX = -towardsX;
            moveY = -towardsY;
        }
        float seconds = Sweep.lead(x, y, relative.x(), relative.y(), Weapon.BOLT_SPEED);
        float aim = Angles.of(x + relative.x() * seconds, y + relative.y() * seconds) + aimError;
        return new Controls(moveX, moveY, aim, distance < FIRE_METRES ? Buttons.FIRE : 0, 0);
    }
}
