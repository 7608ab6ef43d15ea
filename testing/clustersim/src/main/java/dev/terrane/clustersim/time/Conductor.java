package dev.terrane.clustersim.time;

import dev.terrane.base.Rng;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thing happen after the other. What is due at the same moment comes in an order drawn from the seed.
 *
 * <p>Whoever calls {@link #runUntil} is its thread; strands run on threads of their own, but only while that one waits for them. So everything of a simulation is done by one thread at a time.
 */
public final class Conductor {
    /** When simulations begin. */
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    /** A turn that takes longer waits for something that nobody here can give. */
    private static final long TURN_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);

    private final Rng rng;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final BiConsumer<@Nullable Host, Throwable> faults;
    private final Thread thread = Thread.currentThread();
    private long nowNanos;
    private long eventCount;
    private long turnCount;
    private @Nullable Host host;
    private volatile @Nullable SimStrand turn;

    private record Event(
            long atNanos,
            int shuffled,
            long number,
            @Nullable Host host,
            Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            int byChance = byTime != 0 ? byTime : Integer.compare(shuffled, other.shuffled);
            return byChance != 0 ? byChance : Long.compare(number, other.number);
        }
    }

    /** @param faults hears of whatever is thrown out of an event or a strand */
    public Conductor(Rng rng, BiConsumer<@Nullable Host, Throwable> faults) {
        this.rng = rng;
        this.faults = faults;
    }

    public Host host(String name, Host.Watch watch) {
        return new Host(this, name, watch);
    }

    /** True time since the beginning. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Whose code runs; null: nobody's. */
    public @Nullable Host current() {
        return host;
    }

    /** Name of the strand that runs; empty: none does. */
    public String strand() {
        SimStrand running = turn;
        return running == null ? "" : running.name();
    }

    /** Turns that strands were given, and events. */
    public long stepCount() {
        return eventCount + turnCount;
    }

    /** @param at whose code it is: not while that one is paused, nor after its end; null: nobody's */
    public void at(long atNanos, @Nullable Host at, Runnable what) {
        events.add(new Event(Math.max(atNanos, nowNanos), rng.nextInt(1 << 20), ++eventCount, at, what));
    }

    public void in(long nanos, @Nullable Host at, Runnable what) {
        at(nowNanos + nanos, at, what);
    }

    /** After what happens now, a moment later. */
    void soon(Host at, Runnable what) {
        in(1_000 + rng.nextInt(20_000), at, what);
    }

    /** Everything up to then, and what that brings about. */
    public void runUntil(long untilNanos) {
        Event next = events.peek();
        while (next != null && next.atNanos <= untilNanos) {
            events.remove();
            nowNanos = next.atNanos;
            run(next.host, next.what);
            next = events.peek();
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }

    /** Now. Not from within a strand. */
    void run(@Nullable Host at, Runnable what) {
        Host before = host;
        host = at;
        try {
            if (at == null) {
                what.run();
            } else {
                at.meet(what);
            }
        } catch (Killed end) {
            // It was killed by what it did.
        } catch (RuntimeException | Error bug) {
            fault(at, bug);
        } finally {
            host = before;
        }
    }

    void fault(@Nullable Host at, Throwable bug) {
        faults.accept(at, bug);
    }

    /** Lets a strand run until it waits or ends. */
    void give(SimStrand to) {
        if (turn != null) {
            throw new IllegalStateException(to + " cannot run while " + turn + " does");
        }
        turnCount++;
        turn = to;
        to.unpark();
        long giveUp = 0;
        while (turn != null) {
            LockSupport.parkNanos(this, TURN_NANOS_MAX);
            if (turn != null && giveUp == 0) {
                giveUp = System.nanoTime() + TURN_NANOS_MAX;
            } else if (turn != null && System.nanoTime() > giveUp) {
                throw new IllegalStateException("the turn of " + to + " does not end; it stands in\n  "
                        + String.join(
                                "\n  ",
                                Arrays.stream(to.stack())
                                        .limit(30)
                                        .map(StackTraceElement::toString)
                                        .toList()));
            }
        }
    }

    boolean isTurnOf(SimStrand strand) {
        return turn == strand;
    }

    /** By the strand whose turn it is. */
    void giveBack() {
        turn = null;
        LockSupport.unpark(thread);
    }

    /** The strand that calls. */
    SimStrand running() {
        SimStrand running = turn;
        if (running == null || !running.isCaller()) {
            throw new IllegalStateException("only a thread may wait, and this is not one: " + Thread.currentThread());
        }
        return running;
    }
}
