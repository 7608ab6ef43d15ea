package dev.terrane.base;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * The port for threads: how code that owns one starts it, and how it waits. A {@link Clock} gives it, because whoever waits does so by some clock: that of the machine, or that of a simulation, where one thread runs at a time and the
 * time passes when all of them wait.
 *
 * <p>Whatever waits in another way (a monitor, a queue of the JDK, a sleep) stops a simulation for good. Any thread may call it.
 */
public interface Threads {
    /** A thread that is not started yet. It keeps no process alive. */
    Strand strand(String name, Runnable body);

    /**
     * Lets the calling thread wait. Comes back at once if it was {@linkplain Strand#wake woken} since it last waited; may also come back for no reason.
     *
     * @param nanosMax {@link Long#MAX_VALUE}: until it is woken
     */
    void park(long nanosMax);

    /** Lets the calling thread wait for so long, at least. */
    void sleep(long nanos) throws InterruptedException;

    /** Waits for an answer of somebody else's thread. */
    <T> T await(CompletionStage<T> answer, long nanosMax)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** One thread that does what it is given, in that order. */
    ExecutorService serial(String name);

    /** One thread that does what it is given, when it is due. */
    ScheduledExecutorService scheduled(String name);

    /** The machine's threads. */
    static Threads system() {
        return SystemThreads.INSTANCE;
    }

    /** One thread, from before its start until after its end. Any thread may call it. */
    interface Strand {
        String name();

        /** Works once. */
        void start();

        /** It waits no more, or not the next time. */
        void wake();

        /** False: it has not been started, or has ended. */
        boolean isAlive();

        /** Waits for its end. */
        void join(long millisMax) throws InterruptedException;

        /** Where it stands in its code; empty when nobody can say. */
        StackTraceElement[] stack();
    }
}
