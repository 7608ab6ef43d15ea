package dev.terrane.clustersim.time;

import dev.terrane.base.Clock;
import dev.terrane.base.Threads;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of a machine: has clocks of its own, and can be paused or killed. Everything about it happens on the conductor's turn.
 */
public final class Host implements Clock {
    private final Conductor conductor;
    private final String name;
    private final SimThreads threads;
    private final long originNanos;
    private final double rate;
    private final long skewMillis;
    private final List<SimStrand> strands = new ArrayList<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private boolean alive = true;
    private boolean paused;
    private long resumedNanos;

    /**
     * How its clocks differ from true time.
     *
     * @param originNanos what its nanoseconds begin with
     * @param rate how fast they run; 1 is right
     * @param skewMillis so much later its time of day is
     */
    public record Watch(long originNanos, double rate, long skewMillis) {}

    Host(Conductor conductor, String name, Watch watch) {
        this.conductor = conductor;
        this.name = name;
        this.originNanos = watch.originNanos;
        this.rate = watch.rate;
        this.skewMillis = watch.skewMillis;
        this.threads = new SimThreads(conductor, this);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    public boolean isPaused() {
        return paused;
    }

    /** When it last went on after a pause, in true time; 0: never. */
    public long resumedNanos() {
        return resumedNanos;
    }

    @Override
    public long nanos() {
        return originNanos + (long) (conductor.nowNanos() * rate);
    }

    @Override
    public long epochMillis() {
        return Conductor.EPOCH_MILLIS + conductor.nowNanos() / 1_000_000 + skewMillis;
    }

    @Override
    public Threads threads() {
        return threads;
    }

    /** Nanoseconds of its clock, in true ones, rounded up. */
    long trueNanos(long nanos) {
        return (long) Math.ceil(nanos / rate) + 1;
    }

    /** Several threads for work that waits. */
    public SimExecutor executor(String executorName, int threadCount) {
        return new SimExecutor(conductor, this, executorName, threadCount);
    }

    void add(SimStrand strand) {
        strands.add(strand);
    }

    /** Nothing of it runs any more. Not from within its own code. */
    public void kill() {
        if (alive) {
            alive = false;
            paused = false;
            deferred.clear();
            List.copyOf(strands).forEach(SimStrand::unwind);
        }
    }

    /** Nothing of it runs until {@link #resume}, and it does not notice. */
    public void pause() {
        paused = alive;
    }

    /** What should have happened meanwhile happens now, in its order, before anything else. */
    public void resume() {
        if (paused) {
            paused = false;
            resumedNanos = conductor.nowNanos();
            List<Runnable> late = List.copyOf(deferred);
            deferred.clear();
            late.forEach(what -> conductor.run(this, what));
        }
    }

    /** Does it, or keeps it for later, or for nobody. */
    void meet(Runnable what) {
        if (paused) {
            deferred.add(what);
        } else if (alive) {
            what.run();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
