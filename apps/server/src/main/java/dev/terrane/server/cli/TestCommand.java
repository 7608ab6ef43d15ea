package dev.terrane.server.cli;

import picocli.CommandLine.Command;

/** Stands in the help; the launcher runs it, because it builds anew what this program is made of. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Builds everything with analysis and runs all tests (by the launcher; options go to Maven).")
final class TestCommand implements Runnable {
    @Override
    public void run() {
        throw new UnusableException("'test' is run by the launcher: ./terrane test");
    }
}
