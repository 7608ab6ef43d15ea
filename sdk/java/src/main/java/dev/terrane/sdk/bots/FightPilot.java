package dev.terrane.sdk.bots;

import dev.terrane.sdk.Input;

/** Flies at the nearest target and fires; looks for one elsewhere when none is in view. */
final class FightPilot implements Pilot {
    private static final double CLOSE_METRES = 60;

    private final Pilot search;

    FightPilot(Pilot search) {
        this.search = search;
    }

    @Override
    public Input steer(Surroundings around) {
        Surroundings.Target target = around.nearestTarget();
        if (target == null) {
            return search.steer(around);
        }
        Input attack = Steering.towards(around, target.x(), target.y(), Buttons.FIRE);
        boolean close = Math.hypot(target.x() - around.x(), target.y() - around.y()) < CLOSE_METRES;
        // Close enough: circle instead of ramming.
        return close ? new Input(-attack.moveY(), attack.moveX(), attack.aim(), Buttons.FIRE, 0) : attack;
    }
}
