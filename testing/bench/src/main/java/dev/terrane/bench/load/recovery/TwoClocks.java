package dev.terrane.bench.load.recovery;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** A stopwatch that knows, too, for how long the thread had a processor: what others did to it meanwhile is not in that. One thread. */
final class TwoClocks implements LongSupplier {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long cpuNanos;
    private long cpuNanosBefore;

    @Override
    public long getAsLong() {
        cpuNanosBefore = cpuNanos;
        cpuNanos = THREADS.getCurrentThreadCpuTime();
        return System.nanoTime();
    }

    /** Between the last two looks at it. */
    long cpuNanosLast() {
        return cpuNanos - cpuNanosBefore;
    }
}
