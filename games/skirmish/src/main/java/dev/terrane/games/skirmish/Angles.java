package dev.terrane.games.skirmish;

/** Directions in the plane. StrictMath, because every machine must get the same. */
final class Angles {
    private static final double TURN = 2 * Math.PI;

    private Angles() {}

    /** The same direction within ±π. */
    static float wrap(float radians) {
        return (float) StrictMath.IEEEremainder(radians, TURN);
    }

    /** Turns from one direction towards another, the short way, by at most {@code step}. */
    static float turn(float from, float to, float step) {
        return wrap(from + Math.clamp(wrap(to - from), -step, step));
    }

    static float cos(float radians) {
        return (float) StrictMath.cos(radians);
    }

    static float sin(float radians) {
        return (float) StrictMath.sin(radians);
    }

    static float of(float x, float y) {
        return (float) StrictMath.atan2(y, x);
    }

    static float length(float x, float y) {
        return (float) Math.sqrt(x * x + y * y); // exact by IEEE 754 everywhere, unlike hypot
    }
}
