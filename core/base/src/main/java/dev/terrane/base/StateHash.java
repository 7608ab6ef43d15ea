package dev.terrane.base;

/**
 * A 64-bit fingerprint of state, fed value by value in a fixed order. It finds divergence and corruption; it is no defence
 * against a forger.
 *
 * <p>Not thread-safe: one owner.
 */
public final class StateHash {
    private static final long SEED = 0x5465_7272_616E_65L; // "Terrane"
    private static final long PRIME = 0x9E37_79B1_85EB_CA87L;

    private long hash = SEED;

    public StateHash add(long value) {
        hash = Long.rotateLeft(hash ^ Rng.mix(value), 27) * PRIME;
        return this;
    }

    public StateHash add(byte[] bytes, int offset, int length) {
        add(length);
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * 0x100_0000_01B3L;
        }
        return add(0);
    }

    public long value() {
        return Rng.mix(hash);
    }
}
