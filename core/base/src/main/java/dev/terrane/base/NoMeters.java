package dev.terrane.base;

import java.util.function.LongSupplier;

enum NoMeters implements Meters {
    INSTANCE;

    @Override
    public Count count(String name, String... labels) {
        return amount -> {};
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return value -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}
}
