package dev.terrane.server;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.http.ApiAnswer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads of their own for what players ask the books by REST: however many ask, commands and jobs go on. Whoever asks while too many wait is told to come again. */
final class ApiReads implements AutoCloseable {
    private static final int RETRY_SECONDS = 2;

    private final ExecutorService threads;

    /** @param waitingMax questions that may wait for a thread */
    ApiReads(int threadCount, int waitingMax) {
        this.threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                Thread.ofPlatform().name("read-", 0).daemon().factory());
    }

    /** @param question gives JSON; may wait for the database */
    CompletionStage<ApiAnswer> answer(Supplier<String> question) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return ApiAnswer.ok(question.get());
                        } catch (StoreUnavailableException away) {
                            return unavailable("the books cannot be read now; try again");
                        }
                    },
                    threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedStage(unavailable("too many ask at once; try again"));
        }
    }

    private static ApiAnswer unavailable(String reason) {
        return new ApiAnswer.Refused(503, "unavailable", reason, RETRY_SECONDS);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
