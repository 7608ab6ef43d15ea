package dev.terrane.base;

/**
 * Deterministic randomness: the same seed gives the same numbers on every machine. It is part of a cell's state, so its state can
 * be read and put back.
 *
 * <p>The algorithm is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): one word of state,
 * which a checkpoint can carry in eight bytes. Not for secrets. Not thread-safe: one owner.
 */
public final class Rng {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    public Rng(long seed) {
        this.state = seed;
    }

    public long state() {
        return state;
    }

    public void restore(long newState) {
        this.state = newState;
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in 0 until {@code bound}, which must be positive. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " must be positive");
        }
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Uniform in [0, 1), on a grid of 2^-24. */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    /** Uniform in [{@code from}, {@code until}). */
    public float nextFloat(float from, float until) {
        return from + nextFloat() * (until - from);
    }

    /** True with the given probability, 0 to 1. */
    public boolean chance(float probability) {
        return nextFloat() < probability;
    }

    /** Spreads a number over all 64 bits; equal inputs give equal outputs. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
