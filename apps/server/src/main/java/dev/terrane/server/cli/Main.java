package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.ClusterUnusableException;
import dev.terrane.server.config.ConfigException;
import dev.terrane.server.logging.Logging;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code terrane} command. */
@Command(
        name = "terrane",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "An authoritative MMO world server: one logical world, many single writers.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane run                                   play at http://127.0.0.1:8080",
            "  terrane run --port 9000 --data /srv/terrane   another port, another data folder",
            "  terrane cluster up                            many processes, one world; see terrane cluster --help",
            "  terrane admin nodes                           look into a running cluster, drain, move; see terrane admin --help",
            "  terrane bots --count 200 --duration 60s --scenario roam",
            "  terrane config --json                         effective configuration, for scripts",
            "  terrane test                                  build everything carefully and run all tests",
            "  terrane bench EcsIterate                      run the benchmarks whose name contains it",
            "  terrane commands dlq list                     commands that were given up",
            "  terrane jobs list                             background jobs and how they did",
            "  terrane sim --seeds 1000                      simulate a thousand worlds and check them",
            "  terrane generate ts --world http://127.0.0.1:8080 --out game.ts   types of a game for @terrane/client",
            "  terrane replay --list                         what the flight recorder has, to be carried out again",
            "",
            "Exit codes: 0 done, 1 ran with errors, 2 unusable options, configuration or machine."
        },
        subcommands = {
            RunCommand.class,
            ClusterCommand.class,
            AdminCommand.class,
            BotsCommand.class,
            ConfigCommand.class,
            TestCommand.class,
            BenchCommand.class,
            CoordinatorCommand.class,
            SimNodeCommand.class,
            GatewayCommand.class,
            ServiceCommand.class,
            CommandsCommand.class,
            JobsCommand.class,
            ReplayCommand.class,
            GenerateCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    Main() {}

    public static void main(String[] args) {
        Logging.quiet(); // until a command says otherwise
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, result) -> {
                    if (failure instanceof ConfigException) {
                        line.getErr().println("terrane: " + failure.getMessage());
                        return ExitCode.UNUSABLE;
                    }
                    if (failure instanceof UnusableException || failure instanceof ClusterUnusableException) {
                        line.getErr().println("terrane: " + failure.getMessage());
                        return ExitCode.UNUSABLE;
                    }
                    throw failure;
                });
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
