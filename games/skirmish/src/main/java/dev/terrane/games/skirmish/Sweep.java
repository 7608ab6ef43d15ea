package dev.terrane.games.skirmish;

/** Meeting things that move: nothing fast may slip through between two ticks. */
final class Sweep {
    static final float MISS = 2;

    private Sweep() {}

    /**
     * When a point that moves from {@code (x, y)} by {@code (dx, dy)} first is within {@code radius} of the origin: 0 to 1 of the way,
     * or {@link #MISS}.
     */
    static float circle(float x, float y, float dx, float dy, float radius) {
        float c = x * x + y * y - radius * radius;
        if (c <= 0) {
            return 0;
        }
        float a = dx * dx + dy * dy;
        float b = x * dx + y * dy;
        float discriminant = b * b - a * c;
        if (b >= 0 || discriminant < 0) {
            return MISS;
        }
        float t = (-b - (float) Math.sqrt(discriminant)) / a;
        return t <= 1 ? t : MISS;
    }

    /**
     * Seconds until a bolt of this speed, fired now from the origin, can meet a target at {@code (x, y)} that moves by {@code (vx, vy)} per
     * second; 0 if it never can.
     */
    static float lead(float x, float y, float vx, float vy, float boltSpeed) {
        float a = vx * vx + vy * vy - boltSpeed * boltSpeed;
        float b = x * vx + y * vy;
        float c = x * x + y * y;
        float discriminant = b * b - a * c;
        if (a >= 0 || discriminant < 0) {
            return 0;
        }
        return (-b - (float) Math.sqrt(discriminant)) / a;
    }
}
