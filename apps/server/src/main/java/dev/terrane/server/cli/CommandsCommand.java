package dev.terrane.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks after durable commands. */
@Command(
        name = "commands",
        mixinStandardHelpOptions = true,
        description = "Looks after durable commands.",
        subcommands = DlqCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane commands dlq list                  commands that were given up",
            "  terrane commands dlq --help"
        })
final class CommandsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
