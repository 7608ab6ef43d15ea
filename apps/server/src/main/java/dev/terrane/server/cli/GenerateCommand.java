package dev.terrane.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes code from what a game declares. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes code from what a game declares.",
        subcommands = GenerateTypeScriptCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane generate ts --world http://127.0.0.1:8080 --out src/game.ts",
            "  terrane generate ts --help"
        })
final class GenerateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
