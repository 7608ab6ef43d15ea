package dev.terrane.server.cli;

import picocli.CommandLine.Command;

/** Stands in the help; the launcher runs it, because benchmarks are no part of the server. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Runs benchmarks by name (by the launcher; options are JMH's, -h lists them).")
final class BenchCommand implements Runnable {
    @Override
    public void run() {
        throw new UnusableException("'bench' is run by the launcher: ./terrane bench");
    }
}
