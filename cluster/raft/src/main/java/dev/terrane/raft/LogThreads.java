package dev.terrane.raft;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one coordinator's log, beside those of Ratis'. What comes after their end is dropped, but answers: they are owed. */
final class LogThreads {
    private static final long END_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(LogThreads.class);

    private final ScheduledThreadPoolExecutor clock;
    private final ExecutorService sender;
    private final ExecutorService teller;
    private final ExecutorService listener;
    private final ExecutorService calls;

    LogThreads(String self) {
        clock = new ScheduledThreadPoolExecutor(1, named(self, "clock"), new ThreadPoolExecutor.DiscardPolicy());
        clock.setRemoveOnCancelPolicy(true);
        sender = Executors.newSingleThreadExecutor(named(self, "sender"));
        teller = Executors.newSingleThreadExecutor(named(self, "teller"));
        listener = Executors.newSingleThreadExecutor(named(self, "listener"));
        calls = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("coordinators-log-" + self + "-call-", 0)
                .factory());
    }

    private static ThreadFactory named(String self, String what) {
        return Thread.ofPlatform()
                .daemon()
                .name("coordinators-log-" + self + "-" + what)
                .factory();
    }

    ScheduledThreadPoolExecutor clock() {
        return clock;
    }

    /** From now on, on the clock's thread. What fails is tried again: a schedule ends without a word with its first exception. */
    void every(long millis, Runnable look) {
        AtomicBoolean complained = new AtomicBoolean();
        clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                        complained.set(false);
                    } catch (RuntimeException | Error bug) {
                        if (!complained.getAndSet(true)) { // once until it is well again
                            LOG.error("a look at the coordinators' log failed", bug);
                        }
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS);
    }

    Executor sender() {
        return whileOpen(sender);
    }

    Executor listener() {
        return whileOpen(listener);
    }

    /** A thread for each task. */
    Executor calls() {
        return whileOpen(calls);
    }

    Executor teller() {
        return task -> {
            try {
                teller.execute(task);
            } catch (RejectedExecutionException e) {
                Thread.startVirtualThread(task);
            }
        };
    }

    private static Executor whileOpen(ExecutorService executor) {
        return task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                // It has ended: nobody waits for this.
            }
        };
    }

    void close() {
        clock.shutdownNow();
        sender.shutdownNow();
        calls.shutdownNow();
        listener.shutdown();
        teller.shutdown();
        try {
            for (ExecutorService told : List.of(teller, listener)) {
                if (!told.awaitTermination(END_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                    told.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
