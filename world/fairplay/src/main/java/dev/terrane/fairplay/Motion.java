package dev.terrane.fairplay;

/** Where an avatar is and how it moves; to be filled again and again. Metres, metres per second, radians. */
public final class Motion {
    public float x;
    public float y;
    public float velocityX;
    public float velocityY;
    public float yaw;

    double speed() {
        return length(velocityX, velocityY);
    }

    static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }
}
