package dev.terrane.server.world;

import dev.terrane.base.Meters;
import java.util.function.LongSupplier;

/** Makes whatever meters a cell asks for, so that they are there when it asks in earnest, and counts nothing. Gauges are not made: they would be read. */
record MadeMeters(Meters real) implements Meters {
    @Override
    public Count count(String name, String... labels) {
        real.count(name, labels);
        return Meters.none().count(name, labels);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        real.distribution(name, labels);
        return Meters.none().distribution(name, labels);
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
