package dev.terrane.server;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that waits. What a job throws is logged: the JDK's own would keep it in a future that nobody reads. A periodic job goes on whatever it throws: the JDK's own would never call it again.
 */
final class JobThreads extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

    JobThreads(int threadCount) {
        super(threadCount, Thread.ofPlatform().name("job-", 0).daemon().factory());
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable job, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(new Steady(job), initialDelay, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable job, long initialDelay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(new Steady(job), initialDelay, period, unit);
    }

    /** A periodic job. Runs one at a time. */
    private static final class Steady implements Runnable {
        private final Runnable job;
        private boolean failing;

        Steady(Runnable job) {
            this.job = job;
        }

        @Override
        public void run() {
            try {
                job.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    failing = true; // once, not every second
                    LOG.atError().setCause(e).log("periodic work failed and is tried again");
                }
            }
        }
    }

    @Override
    protected void afterExecute(Runnable job, @Nullable Throwable thrown) {
        super.afterExecute(job, thrown);
        // A periodic job that goes on is not done.
        if (thrown == null && job instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                LOG.atError().setCause(e.getCause()).log("background work failed; what it was to do is not done");
            } catch (CancellationException stopping) {
                LOG.atDebug().log("background work was called off");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
