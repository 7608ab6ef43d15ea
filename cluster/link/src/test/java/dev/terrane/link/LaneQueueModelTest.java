package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A ring of bytes against a queue of arrays. */
class LaneQueueModelTest {
    private static final int QUEUE_BYTES_MAX = 20_000;

    @Test
    void givesBackWhatWasAppendedInOrderAndKeepsItsLimit() {
        for (long seed = 1; seed <= 20; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Rng rng = new Rng(seed);
        LaneQueue queue = new LaneQueue(Lane.DATA, QUEUE_BYTES_MAX);
        Deque<byte[]> waiting = new ArrayDeque<>();
        Deque<byte[]> flushed = new ArrayDeque<>();
        long sequence = 0;
        for (int step = 0; step < 5_000; step++) {
            switch (rng.nextInt(5)) {
                case 0, 1 -> {
                    byte[] payload = new byte[rng.nextInt(rng.nextInt(10) == 0 ? 9_000 : 300)];
                    Arrays.fill(payload, (byte) step);
                    boolean fits = queue.append(Frames.MESSAGE, payload, 0, payload.length);
                    int bytes = bytesOf(waiting) + bytesOf(flushed);
                    assertThat(fits)
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(bytes + Frames.HEAD_BYTES + payload.length <= QUEUE_BYTES_MAX);
                    if (fits) {
                        waiting.add(payload);
                    }
                }
                case 2 -> {
                    queue.flush();
                    flushed.addAll(waiting);
                    waiting.clear();
                }
                default -> {
                    byte[] expected = flushed.poll();
                    int next = queue.nextBytes();
                    assertThat(next)
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(expected == null ? 0 : Frames.HEAD_BYTES + expected.length);
                    if (expected != null) {
                        byte[] frame = new byte[next];
                        queue.take(frame, 0, next);
                        assertThat(Frames.i64(frame, Frames.SEQUENCE_AT)).isEqualTo(sequence++);
                        assertThat(Arrays.copyOfRange(frame, Frames.HEAD_BYTES, next))
                                .isEqualTo(expected);
                    }
                }
            }
            assertThat(queue.byteCount()).isEqualTo(bytesOf(waiting) + bytesOf(flushed));
            assertThat(queue.messageCount()).isEqualTo(waiting.size() + flushed.size());
        }
    }

    private static int bytesOf(Deque<byte[]> frames) {
        return frames.stream()
                .mapToInt(payload -> Frames.HEAD_BYTES + payload.length)
                .sum();
    }
}
