package dev.terrane.clustersim.time;

import dev.terrane.base.Threads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Some strands that do what they are given, when it is due. What a task throws is a fault of the run: nobody reads it from the future. A periodic one goes on, as the server's jobs do. */
public final class SimExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final Conductor conductor;
    private final Host host;
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Threads.Strand> strands = new ArrayList<>();
    private final Deque<Threads.Strand> idle = new ArrayDeque<>();
    private boolean shut;

    SimExecutor(Conductor conductor, Host host, String name, int threadCount) {
        this.conductor = conductor;
        this.host = host;
        for (int i = 0; i < threadCount; i++) {
            int number = i;
            Threads.Strand strand = host.threads().strand(threadCount == 1 ? name : name + "-" + i, () -> work(number));
            strands.add(strand);
            strand.start();
        }
    }

    private void work(int number) {
        Threads.Strand self = strands.get(number);
        while (true) {
            Runnable next = due.poll();
            if (next != null) {
                try {
                    next.run();
                } catch (Killed end) {
                    throw end;
                } catch (RuntimeException | Error bug) {
                    conductor.fault(host, bug);
                }
            } else if (shut) {
                return;
            } else {
                idle.add(self);
                host.threads().park(Long.MAX_VALUE);
                idle.remove(self);
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        if (shut) {
            throw new RejectedExecutionException("it was shut down");
        }
        due.add(task);
        Threads.Strand one = idle.poll();
        if (one != null) {
            one.wake();
        }
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long periodNanos;
        private final boolean atRate;
        private long dueNanos;

        private Task(Callable<V> work, long delayNanos, long periodNanos, boolean atRate) {
            super(work);
            this.periodNanos = periodNanos;
            this.atRate = atRate;
            this.dueNanos = conductor.nowNanos() + host.trueNanos(Math.max(0, delayNanos));
            later();
        }

        private void later() {
            conductor.at(dueNanos, host, () -> {
                if (!isCancelled() && !shut) {
                    execute(this);
                }
            });
        }

        @Override
        public void run() {
            if (periodNanos == 0) {
                super.run();
                complain();
            } else if (!isCancelled()) {
                if (runAndReset() && !isCancelled()) {
                    dueNanos = atRate ? dueNanos + periodNanos : conductor.nowNanos() + periodNanos;
                    later();
                } else {
                    complain();
                }
            }
        }

        private void complain() {
            if (state() == State.FAILED && host.isAlive()) {
                try {
                    get();
                } catch (ExecutionException failed) {
                    conductor.fault(host, failed);
                } catch (InterruptedException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - conductor.nowNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private <V> Task<V> task(Callable<V> work, long delayNanos, long periodNanos, boolean atRate) {
        if (shut) {
            throw new RejectedExecutionException("it was shut down");
        }
        return new Task<>(work, delayNanos, periodNanos, atRate);
    }

    private static Callable<Boolean> callable(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return task(callable(work), unit.toNanos(delay), 0, false);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return task(work, unit.toNanos(delay), 0, false);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long initialDelay, long period, TimeUnit unit) {
        return task(callable(work), unit.toNanos(initialDelay), unit.toNanos(period), true);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long initialDelay, long delay, TimeUnit unit) {
        return task(callable(work), unit.toNanos(initialDelay), unit.toNanos(delay), false);
    }

    @Override
    public void shutdown() {
        shut = true;
        strands.forEach(Threads.Strand::wake);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = List.copyOf(due);
        due.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut && strands.stream().noneMatch(Threads.Strand::isAlive);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        for (Threads.Strand strand : strands) {
            strand.join(unit.toMillis(timeout));
        }
        return isTerminated();
    }
}
