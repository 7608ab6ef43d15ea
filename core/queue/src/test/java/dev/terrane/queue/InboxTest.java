package dev.terrane.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    @Test
    void handsMessagesOutOldestFirst() {
        Inbox<Integer> inbox = new Inbox<>(8);
        for (int i = 0; i < 5; i++) {
            assertThat(inbox.offer(i)).isTrue();
        }
        assertThat(inbox.poll()).isEqualTo(0);
        List<Integer> read = new ArrayList<>();
        assertThat(inbox.drain(read::add, 3)).isEqualTo(3);
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(inbox.size()).isEqualTo(1);
        assertThat(inbox.drain(read::add, 100)).isEqualTo(1);
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void refusesWhenFullAndAcceptsAgainAfterAPoll() {
        Inbox<Integer> inbox = new Inbox<>(5);
        assertThat(inbox.capacity()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            assertThat(inbox.offer(i)).isTrue();
        }
        assertThat(inbox.offer(8)).isFalse();
        inbox.poll();
        assertThat(inbox.offer(8)).isTrue();
    }

    @Test
    void losesNothingAndKeepsEachWritersOrderUnderContention() throws InterruptedException {
        int writerCount = 4;
        int messageCount = 20_000;
        Inbox<long[]> inbox = new Inbox<>(64);
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < writerCount; w++) {
            long writer = w;
            writers.add(Thread.ofPlatform().start(() -> {
                for (long i = 0; i < messageCount; i++) {
                    long[] message = {writer, i};
                    while (!inbox.offer(message)) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        long[] next = new long[writerCount];
        int taken = 0;
        while (taken < writerCount * messageCount) {
            taken += inbox.drain(
                    message -> {
                        assertThat(message[1]).isEqualTo(next[(int) message[0]]);
                        next[(int) message[0]]++;
                    },
                    32);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(inbox.poll()).isNull();
    }
}
