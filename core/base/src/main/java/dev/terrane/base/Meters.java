package dev.terrane.base;

import java.util.function.LongSupplier;

/**
 * The port for metrics. Names are snake_case with their unit last ({@code cell_tick_nanos}); {@code labels} are name, value,
 * name, value… Asking twice for the same name and labels returns the same meter.
 *
 * <p>Any thread may call it. Ask at start and keep the meter: the lookup allocates, using a meter does not.
 */
public interface Meters {
    Count count(String name, String... labels);

    Distribution distribution(String name, String... labels);

    /** Publishes a number that {@code read} computes when somebody looks; it must be safe to call from any thread. */
    void gauge(String name, LongSupplier read, String... labels);

    /** Something that only ever rises. */
    interface Count {
        void add(long amount);

        default void one() {
            add(1);
        }
    }

    /** A distribution that is reported by percentiles. */
    interface Distribution {
        void record(long value);
    }

    /** Meters that remember nothing: for tests and tools. */
    static Meters none() {
        return NoMeters.INSTANCE;
    }
}
