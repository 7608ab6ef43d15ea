package dev.terrane.bench.load.recovery;

import dev.terrane.base.Meters;
import java.util.function.LongSupplier;

/** Remembers how long the tick was held up by each image, and nothing else. */
record ImageMeters(Spread pauses) implements Meters {
    @Override
    public Count count(String name, String... labels) {
        return Meters.none().count(name, labels);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return name.equals("cell_image_nanos") ? pauses::add : Meters.none().distribution(name, labels);
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
