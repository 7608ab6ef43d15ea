package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a cell is over its limits for many ticks in a row, and when it has been within them for as many: one line in the log per change, and the
 * gauge {@code cell_crowded}.
 *
 * <p>{@link #ticked} belongs to the worker, {@link #crowded} to any thread.
 */
final class LoadWatch {
    /** Ticks of which the slowest percent is looked at: more than one of them above the limit is a percentile above it. */
    private static final int WINDOW_TICKS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);

    private final CellId cell;
    private final CrowdLimits limits;
    private final long slowNanos;
    private final long[] lastNanos = new long[WINDOW_TICKS];
    private int next;
    private int slowCount;
    private int unlikeTicks;
    private volatile boolean crowded;

    LoadWatch(CellId cell, CrowdLimits limits, Meters meters) {
        this.cell = cell;
        this.limits = limits;
        this.slowNanos = TimeUnit.MILLISECONDS.toNanos(limits.p99TickMillisMax());
        meters.gauge("cell_crowded", () -> crowded ? 1 : 0, "cell", cell.toString());
    }

    boolean crowded() {
        return crowded;
    }

    /** A tick ended. */
    void ticked(long tick, long nanos, int entityCount) {
        slowCount += (nanos > slowNanos ? 1 : 0) - (lastNanos[next] > slowNanos ? 1 : 0);
        lastNanos[next] = nanos;
        next = (next + 1) % WINDOW_TICKS;
        boolean over = entityCount > limits.entitiesMax() || slowCount > WINDOW_TICKS / 100;
        unlikeTicks = over == crowded ? 0 : unlikeTicks + 1;
        if (unlikeTicks >= limits.consecutiveTicks()) {
            unlikeTicks = 0;
            crowded = over;
            report(tick, entityCount);
        }
    }

    private void report(long tick, int entityCount) {
        (crowded ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("world", cell.world())
                .addKeyValue("cell", cell)
                .addKeyValue("tick", tick)
                .addKeyValue("entities", entityCount)
                .addKeyValue("p99Millis", p99Nanos() / 1_000_000.0)
                .log(
                        crowded
                                ? "the cell is crowded: above worldLimits for {} ticks"
                                : "the cell is no longer crowded: within worldLimits for {} ticks",
                        limits.consecutiveTicks());
    }

    private long p99Nanos() {
        long[] sorted = lastNanos.clone();
        Arrays.sort(sorted);
        return sorted[WINDOW_TICKS - 1 - WINDOW_TICKS / 100];
    }
}
