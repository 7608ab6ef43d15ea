package dev.terrane.server.services;

import static dev.terrane.server.services.LostResults.AFTER_LEASE_MILLIS;
import static dev.terrane.server.services.LostResults.SOON_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.LaneUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class LostResultsTest {
    private final PriorityQueue<Job> jobs = new PriorityQueue<>(Comparator.comparingLong(Job::atMillis));
    private final List<Long> readAt = new ArrayList<>();
    private long nowMillis;
    private boolean away;

    private final LostResults lost =
            new LostResults(this::read, (job, millis) -> jobs.add(new Job(nowMillis + millis, job)));

    private record Job(long atMillis, Runnable work) {}

    private void read() {
        readAt.add(nowMillis);
        if (away) {
            throw new LaneUnavailableException("the store is away", new IOException());
        }
    }

    private void passUntil(long millis) {
        while (!jobs.isEmpty() && jobs.element().atMillis <= millis) {
            Job next = jobs.remove();
            nowMillis = next.atMillis;
            next.work.run();
        }
        nowMillis = millis;
    }

    @Test
    void readsSoonAndAgainWhenWhoeverToldThemHasSettledOrLostHisLease() {
        lost.mayBe();
        passUntil(60_000);
        assertThat(readAt).containsExactly(SOON_MILLIS, AFTER_LEASE_MILLIS);
    }

    @Test
    void readsOnceMoreForWhatWasLostWhileAReadingWasDue() {
        lost.mayBe(); // the link is lost
        passUntil(SOON_MILLIS - 1);
        lost.mayBe(); // it is back: what was told until now has not arrived, and need not be settled in a millisecond
        passUntil(60_000);
        assertThat(readAt).containsExactly(SOON_MILLIS, 2 * SOON_MILLIS, AFTER_LEASE_MILLIS, 2 * AFTER_LEASE_MILLIS);
    }

    @Test
    void readsRarelyHoweverOftenLinksChange() {
        for (int i = 0; i < 1_000; i++) {
            lost.mayBe();
            passUntil(nowMillis + 10);
        }
        assertThat(readAt).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void readsLaterWhenTheStoreIsAway() {
        away = true;
        lost.mayBe();
        passUntil(SOON_MILLIS + 1);
        away = false;
        passUntil(60_000);
        assertThat(readAt).containsExactly(SOON_MILLIS, 2 * SOON_MILLIS, AFTER_LEASE_MILLIS);
    }
}
