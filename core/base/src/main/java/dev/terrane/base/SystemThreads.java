package dev.terrane.base;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

enum SystemThreads implements Threads {
    INSTANCE;

    @Override
    public Strand strand(String name, Runnable body) {
        return new SystemStrand(Thread.ofPlatform().name(name).daemon().unstarted(body));
    }

    @Override
    public void park(long nanosMax) {
        LockSupport.parkNanos(this, nanosMax);
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    @Override
    public <T> T await(CompletionStage<T> answer, long nanosMax)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(nanosMax, TimeUnit.NANOSECONDS);
    }

    @Override
    public ExecutorService serial(String name) {
        return Executors.newSingleThreadExecutor(factory(name));
    }

    @Override
    public ScheduledExecutorService scheduled(String name) {
        return Executors.newSingleThreadScheduledExecutor(factory(name));
    }

    private static ThreadFactory factory(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    private record SystemStrand(Thread thread) implements Strand {
        @Override
        public String name() {
            return thread.getName();
        }

        @Override
        public void start() {
            thread.start();
        }

        @Override
        public void wake() {
            LockSupport.unpark(thread);
        }

        @Override
        public boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public void join(long millisMax) throws InterruptedException {
            thread.join(millisMax);
        }

        @Override
        public StackTraceElement[] stack() {
            return thread.getStackTrace();
        }
    }
}
