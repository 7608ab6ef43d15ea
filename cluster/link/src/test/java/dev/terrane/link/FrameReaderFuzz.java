package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whatever comes, a link ends with a reason or goes on; it throws nothing and keeps no more than one message. */
class FrameReaderFuzz {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 3_000);

    @Test
    void survivesMutatedConversations() {
        int endedCount = 0;
        for (long seed = 1; seed <= ROUNDS; seed++) {
            TestEnd victim = new TestEnd(TestEnd.hello("b"), "a");
            byte[] conversation = conversation();
            Rng rng = new Rng(seed);
            mutate(rng, conversation);
            feed(seed, rng, victim, conversation);
            endedCount += victim.ends.size();
        }
        assertThat(endedCount).as("mutations that were noticed").isGreaterThan(ROUNDS / 2);
    }

    @Test
    void survivesNoise() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Rng rng = new Rng(seed);
            byte[] noise = new byte[1 + rng.nextInt(2_000)];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte) rng.nextInt(rng.nextInt(2) == 0 ? 3 : 256);
            }
            feed(seed, rng, new TestEnd(TestEnd.hello("b"), "a"), noise);
        }
    }

    @Test
    void makesNoRoomForWhatIsAnnouncedBeyondTheLimit() {
        FrameReader reader = new FrameReader(TestEnd.LIMITS, (type, lane, bytes, offset, length) -> true);
        reader.open();
        byte[] head = new byte[Frames.HEAD_BYTES];
        Frames.putHead(head, Frames.MESSAGE, Lane.DATA, 0, TestEnd.LIMITS.dataMessageBytesMax() + 1);
        for (int at = 0; at < head.length - 1; at++) {
            assertThat(reader.feed(head, at, 1)).isNull();
        }
        Refusal fault = reader.feed(head, head.length - 1, 1);
        assertThat(fault).extracting(Refusal::why).isEqualTo(LinkEnd.MALFORMED);
        assertThat(reader.capacityBytes()).isEqualTo(Frames.HEAD_BYTES);
    }

    private static void feed(long seed, Rng rng, TestEnd victim, byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + rng.nextInt(200));
            try {
                victim.machine.receive(bytes, at, count, 1);
            } catch (RuntimeException thrown) {
                throw new AssertionError("seed " + seed + ", byte " + at, thrown);
            }
            at += count;
        }
        assertThat(victim.ends.size()).as("seed %d", seed).isLessThanOrEqualTo(1);
        assertThat(victim.machine.queueBytes(Lane.CONTROL)).isLessThan(2_000);
    }

    /** What node a says to node b, messages of both lanes included. */
    private static byte[] conversation() {
        TestEnd[] ends = {new TestEnd(TestEnd.hello("a"), "b"), new TestEnd(TestEnd.hello("b"), "a")};
        byte[] greeting = ends[0].taken();
        ends[0].receive(ends[1].taken());
        for (int message = 0; message < 10; message++) {
            ends[0].offer(message % 3 == 0 ? Lane.CONTROL : Lane.DATA, "message ".repeat(message));
        }
        ends[0].machine.flush();
        byte[] rest = ends[0].taken();
        byte[] all = Arrays.copyOf(greeting, greeting.length + rest.length);
        System.arraycopy(rest, 0, all, greeting.length, rest.length);
        return all;
    }

    private static void mutate(Rng rng, byte[] bytes) {
        int count = 1 + rng.nextInt(4);
        for (int mutation = 0; mutation < count; mutation++) {
            int at = rng.nextInt(bytes.length);
            switch (rng.nextInt(3)) {
                case 0 -> bytes[at] ^= (byte) (1 << rng.nextInt(8));
                case 1 -> bytes[at] = (byte) rng.nextInt(256);
                default -> {
                    int length = Math.min(bytes.length - at, rng.nextInt(40));
                    int from = rng.nextInt(bytes.length - length + 1);
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
    }
}
