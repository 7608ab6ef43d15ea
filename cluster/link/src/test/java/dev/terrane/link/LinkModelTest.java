package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes and a network that cuts and joins what it carries wherever it likes. */
class LinkModelTest {
    @Test
    void bringsEveryAcceptedMessageInOrderHoweverBytesAreCut() {
        for (long seed = 1; seed <= 60; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Rng rng = new Rng(seed);
        TestEnd[] ends = {new TestEnd(TestEnd.hello("a"), "b"), new TestEnd(TestEnd.hello("b"), "a")};
        Wire[] wires = {new Wire(), new Wire()};
        List<List<String>> accepted = List.of(new ArrayList<>(), new ArrayList<>());
        for (int step = 0; step < 2_000; step++) {
            int side = rng.nextInt(2);
            TestEnd end = ends[side];
            switch (rng.nextInt(6)) {
                case 0, 1 -> offer(rng, end, accepted.get(side), step);
                case 2 -> end.machine.flush();
                case 3 -> wires[side].write(taken(rng, end));
                case 4 -> end.machine.onTimer(step * 10_000_000L);
                default -> {
                    byte[] chunk = wires[1 - side].read(rng.nextInt(rng.nextInt(3) == 0 ? 5_000 : 20));
                    end.machine.receive(chunk, 0, chunk.length, step * 10_000_000L);
                }
            }
        }
        for (int side = 0; side < 2; side++) {
            ends[side].machine.flush();
        }
        settle(ends, wires);
        for (int side = 0; side < 2; side++) {
            assertThat(ends[side].ends).as("seed %d", seed).isEmpty();
            for (Lane lane : Lane.values()) {
                assertThat(of(ends[1 - side].heard, lane))
                        .as("seed %d side %d lane %s", seed, side, lane)
                        .isEqualTo(of(accepted.get(side), lane));
            }
        }
        assertThat(accepted.get(0)).as("seed %d", seed).isNotEmpty();
    }

    private static void settle(TestEnd[] ends, Wire[] wires) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int side = 0; side < 2; side++) {
                wires[side].write(ends[side].taken());
                byte[] chunk = wires[side].read(Integer.MAX_VALUE);
                ends[1 - side].receive(chunk);
                moved |= chunk.length > 0;
            }
        }
    }

    private static void offer(Rng rng, TestEnd end, List<String> accepted, int step) {
        boolean control = rng.nextInt(8) == 0;
        String text = step + "-" + "y".repeat(rng.nextInt(control ? 30 : 3_000));
        Lane lane = control ? Lane.CONTROL : Lane.DATA;
        // A full control lane ends the link, which is another test's matter.
        boolean room = lane == Lane.DATA || end.machine.queueBytes(lane) < 500;
        if (room && end.offer(lane, text) == Offered.ACCEPTED) {
            accepted.add(lane + " " + text);
        }
    }

    /** A socket that takes as much as it likes, but at least the next frame. */
    private static byte[] taken(Rng rng, TestEnd end) {
        byte[] batch = new byte[Math.max(end.machine.nextBytes(), rng.nextInt(6_000))];
        int count = end.machine.take(batch);
        return java.util.Arrays.copyOf(batch, count);
    }

    private static List<String> of(List<String> messages, Lane lane) {
        return messages.stream().filter(text -> text.startsWith(lane.name())).toList();
    }

    private static final class Wire {
        private byte[] underway = {};

        void write(byte[] bytes) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(underway);
            joined.writeBytes(bytes);
            underway = joined.toByteArray();
        }

        byte[] read(int countMax) {
            int count = Math.min(countMax, underway.length);
            byte[] chunk = java.util.Arrays.copyOf(underway, count);
            underway = java.util.Arrays.copyOfRange(underway, count, underway.length);
            return chunk;
        }
    }
}
