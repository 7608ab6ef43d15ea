package dev.terrane.clustersim.time;

import dev.terrane.base.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** The threads of a host. */
final class SimThreads implements Threads {
    private final Conductor conductor;
    private final Host host;

    SimThreads(Conductor conductor, Host host) {
        this.conductor = conductor;
        this.host = host;
    }

    @Override
    public Strand strand(String name, Runnable body) {
        return new SimStrand(conductor, host, name, body);
    }

    @Override
    public void park(long nanosMax) {
        conductor.running().park(nanosMax);
    }

    @Override
    public void sleep(long nanos) {
        long until = host.nanos() + nanos;
        while (host.nanos() < until) {
            park(until - host.nanos());
        }
    }

    @Override
    public <T> T await(CompletionStage<T> answer, long nanosMax)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<T> future = answer.toCompletableFuture();
        SimStrand waiting = conductor.running();
        long until = host.nanos() + nanosMax;
        future.whenComplete((_, _) -> waiting.wake());
        while (!future.isDone()) {
            if (host.nanos() >= until) {
                throw new TimeoutException();
            }
            waiting.park(until - host.nanos());
        }
        return future.get();
    }

    @Override
    public ExecutorService serial(String name) {
        return host.executor(name, 1);
    }

    @Override
    public ScheduledExecutorService scheduled(String name) {
        return host.executor(name, 1);
    }
}
