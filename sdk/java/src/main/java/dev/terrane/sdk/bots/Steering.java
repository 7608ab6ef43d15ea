package dev.terrane.sdk.bots;

import dev.terrane.sdk.Input;

/** Full thrust towards a point. */
final class Steering {
    private Steering() {}

    static Input towards(Surroundings around, double x, double y, int held) {
        double dx = x - around.x();
        double dy = y - around.y();
        double distance = Math.hypot(dx, dy);
        if (distance == 0) {
            return new Input(0, 0, 0, held, 0);
        }
        return new Input((float) (dx / distance), (float) (dy / distance), (float) Math.atan2(dy, dx), held, 0);
    }
}
