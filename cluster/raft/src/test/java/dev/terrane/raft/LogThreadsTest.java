package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LogThreadsTest {
    @Test
    void looksAgainAfterALookThatFailed() throws InterruptedException {
        LogThreads threads = new LogThreads("c1");
        try {
            AtomicInteger looks = new AtomicInteger();
            CountDownLatch third = new CountDownLatch(1);
            threads.every(1, () -> {
                switch (looks.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("the first look");
                    case 2 -> throw new NoClassDefFoundError("the second look");
                    default -> third.countDown();
                }
            });
            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.close();
        }
    }
}
