package dev.terrane.games.skirmish;

import dev.terrane.ecs.Component;
import dev.terrane.ecs.Replicated;

/**
 * What stands between a craft and its end, outermost first. Hull 0: it is destroyed, and if it is a ship, it waits for the next one.
 *
 * @param hitTick when it was last hit: shields charge again some time later
 */
@Component("skirmish.vitals")
public record Vitals(
        @Replicated(step = 1f / 4) float shield,
        @Replicated(step = 1f / 4) float armor,
        @Replicated(step = 1f / 4) float hull,
        long hitTick) {
    /** Full values; clients know them by kind. */
    static final Vitals SHIP_FULL = new Vitals(100, 80, 120, 0);

    static final Vitals DRONE_FULL = new Vitals(30, 20, 40, 0);

    static Vitals full(int kind) {
        return kind == Craft.SHIP ? SHIP_FULL : DRONE_FULL;
    }
}
