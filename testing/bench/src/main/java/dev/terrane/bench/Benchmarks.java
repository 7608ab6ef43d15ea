package dev.terrane.bench;

import dev.terrane.bench.load.LoadCommand;
import java.io.IOException;

/** Runs the benches. A scenario's name begins a load bench; else the arguments are JMH's: a part of a name picks benches, {@code -h} explains the rest. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && LoadCommand.knows(arguments[0])) {
            System.exit(LoadCommand.execute(arguments));
        }
        org.openjdk.jmh.Main.main(arguments);
    }
}
