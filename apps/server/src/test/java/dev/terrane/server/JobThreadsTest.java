package dev.terrane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobThreadsTest {
    @Test
    void goesOnWithPeriodicWorkThatThrows() throws InterruptedException {
        JobThreads jobs = new JobThreads(1);
        try {
            CountDownLatch delayed = new CountDownLatch(3);
            CountDownLatch rated = new CountDownLatch(3);
            jobs.scheduleWithFixedDelay(() -> countAndThrow(delayed), 0, 1, TimeUnit.MILLISECONDS);
            jobs.scheduleAtFixedRate(() -> countAndThrow(rated), 0, 1, TimeUnit.MILLISECONDS);
            assertThat(delayed.await(30, TimeUnit.SECONDS)).as("with a delay").isTrue();
            assertThat(rated.await(30, TimeUnit.SECONDS)).as("at a rate").isTrue();
        } finally {
            jobs.shutdownNow();
        }
    }

    private static void countAndThrow(CountDownLatch calls) {
        calls.countDown();
        throw new IllegalStateException("as a database that refuses");
    }
}
