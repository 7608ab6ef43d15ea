package dev.terrane.clustersim.time;

import dev.terrane.base.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A thread that runs only on its turn. All but {@link #await} and what calls it happens on somebody's turn. */
final class SimStrand implements Threads.Strand {
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Conductor conductor;
    private final Host host;
    private final String name;
    private final Thread thread;
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean started;
    private boolean ended;
    private boolean permit;
    /** It waits, and nobody has ended that. */
    private boolean parked;

    private long parkCount;

    SimStrand(Conductor conductor, Host host, String name, Runnable body) {
        this.conductor = conductor;
        this.host = host;
        this.name = name;
        this.thread = Thread.ofVirtual().name(host.name() + "/" + name).unstarted(() -> run(body));
        host.add(this);
    }

    private void run(Runnable body) {
        await();
        try {
            if (host.isAlive()) {
                body.run();
            }
        } catch (Killed end) {
            // As it should be.
        } catch (RuntimeException | Error bug) {
            if (host.isAlive()) {
                conductor.fault(host, bug);
            }
        } finally {
            ended = true;
            List.copyOf(atEnd).forEach(Runnable::run);
            conductor.giveBack();
        }
    }

    /** For its turn. */
    private void await() {
        while (!conductor.isTurnOf(this)) {
            LockSupport.park(this);
        }
    }

    void unpark() {
        LockSupport.unpark(thread);
    }

    boolean isCaller() {
        return Thread.currentThread() == thread;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (started) {
            throw new IllegalThreadStateException(this + " was started before");
        }
        started = true;
        thread.start();
        parked = true;
        conductor.soon(host, () -> go(0));
    }

    @Override
    public void wake() {
        if (parked) {
            long count = parkCount;
            conductor.soon(host, () -> go(count));
        }
        permit = true;
    }

    /** Ends the wait that was the so many-th. */
    private void go(long count) {
        if (parked && parkCount == count && !ended) {
            parked = false;
            permit = false;
            conductor.give(this);
        }
    }

    /** By itself. */
    void park(long nanosMax) {
        if (!host.isAlive()) {
            throw new Killed();
        }
        parked = true;
        long count = ++parkCount;
        if (permit) {
            permit = false;
            conductor.soon(host, () -> go(count));
        } else if (nanosMax < NEVER) {
            conductor.in(host.trueNanos(Math.max(0, nanosMax)), host, () -> go(count));
        }
        conductor.giveBack();
        await();
        if (!host.isAlive()) {
            throw new Killed();
        }
    }

    /** Its host is no more. */
    void unwind() {
        if (started && !ended) {
            parked = false;
            conductor.give(this);
        }
        ended = true;
    }

    @Override
    public boolean isAlive() {
        return started && !ended;
    }

    @Override
    public void join(long millisMax) {
        SimStrand waiting = conductor.running();
        atEnd.add(waiting::wake);
        long until = host.nanos() + millisMax * 1_000_000;
        while (isAlive() && host.nanos() < until) {
            waiting.park(until - host.nanos());
        }
    }

    @Override
    public StackTraceElement[] stack() {
        return thread.getStackTrace();
    }

    @Override
    public String toString() {
        return host + "/" + name;
    }
}
