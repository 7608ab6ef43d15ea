package dev.terrane.bench;

import java.io.IOException;

/** Runs the benches; the arguments are JMH's: a part of a name picks benches, {@code -h} explains the rest. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }
}
