package dev.terrane.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import org.junit.jupiter.api.Test;

/** What a frame costs that goes to another node, beside a plain copy of its bodies. */
class CellFrameCodecBench {
    private static final int ROUND_COUNT = Integer.getInteger("bench.rounds", 2_000);

    @Test
    void writesAndReadsFramesOfFiveHundredEntities() {
        CellFrameCodec codec = new CellFrameCodec(Messages.WORLD);
        CellFrame frame = Frames.of(new Rng(1), 500, 100, false);
        ByteWriter out = new ByteWriter(1 << 16);
        long checks = 0;
        long[] nanos = new long[3];
        for (int round = -ROUND_COUNT; round < ROUND_COUNT; round++) {
            long t0 = System.nanoTime();
            codec.write(frame, out.clear());
            long t1 = System.nanoTime();
            CellFrame again = codec.read(new ByteReader(out.array(), 0, out.size()));
            long t2 = System.nanoTime();
            byte[] copy = frame.bytes().clone();
            long t3 = System.nanoTime();
            checks += again.sliceCount() + copy.length;
            if (round >= 0) {
                nanos[0] += t1 - t0;
                nanos[1] += t2 - t1;
                nanos[2] += t3 - t2;
            }
        }
        System.out.printf(
                "CellFrameCodecBench: %d bytes of bodies, %d as a message: write %d ns, read %d ns, copy of the bodies %d ns%n",
                frame.bytes().length,
                out.size(),
                nanos[0] / ROUND_COUNT,
                nanos[1] / ROUND_COUNT,
                nanos[2] / ROUND_COUNT);
        assertThat(checks).isEqualTo(2L * ROUND_COUNT * (frame.sliceCount() + frame.bytes().length));
    }
}
