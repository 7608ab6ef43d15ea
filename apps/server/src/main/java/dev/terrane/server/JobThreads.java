package dev.terrane.server;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for work that waits. What a job throws is logged: the JDK's own would keep it in a future that nobody reads. */
final class JobThreads extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

    JobThreads(int threadCount) {
        super(threadCount, Thread.ofPlatform().name("job-", 0).daemon().factory());
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    protected void afterExecute(Runnable job, @Nullable Throwable thrown) {
        super.afterExecute(job, thrown);
        // A periodic job that goes on is not done; one that threw is, and never runs again.
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
