package dev.terrane.server.cli;

import picocli.CommandLine.Command;

/** Stands in the help; the launcher runs it, because the simulation is no part of the server. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description =
                "Simulates whole worlds from seeds and checks them (by the launcher; --help there lists its options).")
final class SimCommand implements Runnable {
    @Override
    public void run() {
        throw new UnusableException("'sim' is run by the launcher: ./terrane sim");
    }
}
