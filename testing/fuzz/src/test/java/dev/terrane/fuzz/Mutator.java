package dev.terrane.fuzz;

import dev.terrane.base.Rng;
import java.util.Arrays;
import java.util.List;

/** Bends honest bytes. The same seed and case give the same bytes. */
final class Mutator {
    private static final int MUTATION_COUNT_MAX = 4;
    private static final byte[] LONGEST_VARUINT = {-1, -1, -1, -1, 0x0F};
    private static final int[] LARGE_LENGTHS = {
        Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x7FFF_FFF0, 0x00FF_FFFF, 0xFFFF, 1 << 20
    };

    private final List<byte[]> corpus;

    Mutator(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    byte[] mutate(byte[] honest, Rng rng) {
        byte[] bytes = honest.clone();
        for (int rest = 1 + rng.nextInt(MUTATION_COUNT_MAX); rest > 0 && bytes.length > 0; rest--) {
            bytes = once(bytes, rng);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, Rng rng) {
        int at = rng.nextInt(bytes.length);
        switch (rng.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
            case 1 -> bytes[at] = (byte) rng.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                return splice(bytes, at, rng);
            }
            case 4 -> inflate(bytes, at & ~3, rng); // lengths and offsets of FlatBuffers are aligned
            case 5 ->
                System.arraycopy(LONGEST_VARUINT, 0, bytes, at, Math.min(LONGEST_VARUINT.length, bytes.length - at));
            default -> bytes[at] += (byte) (rng.chance(0.5f) ? 1 : -1);
        }
        return bytes;
    }

    /** The front of one, the back of another. */
    private byte[] splice(byte[] bytes, int at, Rng rng) {
        byte[] other = corpus.get(rng.nextInt(corpus.size()));
        int from = rng.nextInt(other.length);
        byte[] spliced = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, spliced, at, other.length - from);
        return spliced;
    }

    private static void inflate(byte[] bytes, int at, Rng rng) {
        int length = LARGE_LENGTHS[rng.nextInt(LARGE_LENGTHS.length)];
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (length >>> 8 * i);
        }
    }
}
