package dev.terrane.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final long LONG_MILLIS = 20_000;

    private final Threads threads = Clock.system().threads();

    @Test
    void wakesWhoWaitsUntilItIsWoken() throws InterruptedException {
        CountDownLatch stops = new CountDownLatch(1);
        Threads.Strand strand = threads.strand("test-strand", () -> {
            while (stops.getCount() > 0) {
                threads.park(Long.MAX_VALUE);
            }
        });
        assertThat(strand.isAlive()).isFalse();
        strand.start();
        assertThat(strand.isAlive()).isTrue();
        stops.countDown();
        strand.wake();
        strand.join(LONG_MILLIS);
        assertThat(strand.isAlive()).isFalse();
        assertThat(strand.name()).isEqualTo("test-strand");
    }

    @Test
    void remembersThatItWasWoken() throws InterruptedException {
        AtomicBoolean woken = new AtomicBoolean();
        Threads.Strand strand = threads.strand("test-strand", () -> {
            while (!woken.get()) {
                Thread.onSpinWait(); // a lock would take the permit for itself
            }
            threads.park(TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS));
        });
        strand.start();
        strand.wake();
        woken.set(true);
        strand.join(LONG_MILLIS / 2);
        assertThat(strand.isAlive()).isFalse();
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotCome() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        assertThatThrownBy(() -> threads.await(answer, 1_000)).isInstanceOf(TimeoutException.class);
        answer.complete("here");
        assertThat(threads.await(answer, 0)).isEqualTo("here");
    }
}
