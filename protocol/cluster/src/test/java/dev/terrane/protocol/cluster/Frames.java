package dev.terrane.protocol.cluster;

import dev.terrane.base.Rng;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Frames with columns as cells fill them. */
final class Frames {
    private Frames() {}

    /**
     * @param entities about so many, 24 in a slice, each with 20 bytes
     * @param groups whether there is something for some only
     */
    static CellFrame of(Rng rng, int entities, int avatars, boolean groups) {
        int slices = Math.max(1, entities / 24);
        int bytesPerSlice = 24 * 20;
        int selfBytes = 60;
        byte[] bytes = new byte[slices * bytesPerSlice + avatars * (selfBytes + 8)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) rng.nextInt(256);
        }
        int selves = slices * bytesPerSlice;
        int[] highlightEnd = groups ? columns(avatars, i -> i + 1) : new int[0];
        return new CellFrame(
                Messages.CELL,
                7,
                9_000,
                1_790_000_000_000L,
                0.75f,
                bytes,
                slices,
                columns(slices, i -> i * 3),
                columns(slices, i -> i % 3),
                columns(slices, i -> i % 4 == 0 ? -1 : 100 + i),
                columns(slices, i -> 101 + i),
                columns(slices, i -> i * bytesPerSlice),
                columns(slices, i -> bytesPerSlice),
                columns(slices, i -> 24),
                avatars,
                longs(avatars, rng),
                longs(avatars, rng),
                columns(avatars, i -> i),
                columns(avatars, i -> 1_000 + i),
                floats(avatars, rng),
                floats(avatars, rng),
                columns(avatars, i -> selves + i * (selfBytes + 8)),
                columns(avatars, i -> selfBytes),
                columns(avatars, i -> selves + i * (selfBytes + 8) + selfBytes),
                columns(avatars, i -> i % 9),
                highlightEnd,
                groups ? longs(avatars, rng) : new long[0],
                groups
                        ? new CellFrame.Groups(longs(slices, rng), new int[0], columns(avatars, i -> i + 1))
                        : CellFrame.Groups.NONE);
    }

    private static int[] columns(int count, IntUnaryOperator value) {
        return IntStream.range(0, count).map(value).toArray();
    }

    private static long[] longs(int count, Rng rng) {
        return IntStream.range(0, count).mapToLong(i -> rng.nextLong()).toArray();
    }

    private static float[] floats(int count, Rng rng) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = rng.nextFloat(0, 512);
        }
        return values;
    }
}
