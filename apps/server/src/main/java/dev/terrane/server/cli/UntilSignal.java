package dev.terrane.server.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What runs in this process until a signal ends it. A signal that comes while it still starts waits for it, so that nothing stays behind half started. */
final class UntilSignal {
    /** Less than the 30 s after which Kubernetes kills. What starts for longer is ended where it is, with the signal's own exit code. */
    private static final int START_SECONDS_MAX = 20;

    private UntilSignal() {}

    /**
     * Returns what was started.
     *
     * @param start called by this thread; what it throws is thrown on, and then there is nothing to end
     * @param end called by a thread of its own when a signal comes; answers whether everything could be kept
     */
    static <T> T start(Supplier<T> start, Predicate<T> end) {
        CompletableFuture<T> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, end), "shutdown"));
        try {
            started.complete(start.get());
        } finally {
            started.cancel(false); // of one that is complete, this changes nothing
        }
        return started.join();
    }

    /** A signal ends the JVM through its hooks, with 130 or 143; asked to stop, we have done what was asked: 0. */
    private static <T> void end(CompletableFuture<T> started, Predicate<T> end) {
        boolean clean;
        try {
            clean = end.test(started.get(START_SECONDS_MAX, TimeUnit.SECONDS));
        } catch (CancellationException | ExecutionException | TimeoutException nothingRuns) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Runtime.getRuntime().halt(clean ? ExitCode.OK : ExitCode.FAILED);
    }
}
