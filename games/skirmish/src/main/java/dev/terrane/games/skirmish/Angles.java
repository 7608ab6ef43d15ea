package dev.terrane.games.skirmish;

/** Directions in the plane. StrictMath, because every machine must get the same. */
final class Angles {
    private Angles() {}

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
