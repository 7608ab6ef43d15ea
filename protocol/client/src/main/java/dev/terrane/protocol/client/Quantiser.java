package dev.terrane.protocol.client;

/** Puts floats on the grid that a component's schema gives them. The same on every machine. */
public final class Quantiser {
    private Quantiser() {}

    /** The nearest grid index, ties upwards; clamped to int; NaN gives 0. {@code step} is positive. */
    public static int quantise(float value, float step) {
        return Math.round(value / step);
    }

    public static float value(int index, float step) {
        return index * step;
    }
}
