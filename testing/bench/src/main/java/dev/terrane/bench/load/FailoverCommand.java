package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.FailoverTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "What players see when the sim that has most cells is killed: a cluster of real processes on this machine, roaming bots, one kill after the other, each of a whole cluster."
                    + " All the while they pay into hexes by durable commands, and in the end the books are compared with what they were told."
                    + " Pauses are those of players in the killed sim's cells; undisturbed a pause is one tick. The others' are told as bystanders'.",
            "",
            "Examples: terrane bench failover",
            "          terrane bench failover --kills 20 --json",
            "          terrane bench failover --kills 0 --calm 1800        half an hour in which nothing may happen",
            "          terrane bench failover --stop --kills 5        frozen for two seconds instead of killed",
            ""
        })
final class FailoverCommand implements Callable<Integer> {
    private static final String REMARK =
            "Exit code 1: some pause, recovery or command had no end while we looked, or the books contradict each other.";

    @Mixin
    private ClusterBenchOptions options = new ClusterBenchOptions();

    @Option(names = "--kills", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "5",
            description = "Durable commands per second, of all players together; 0: none (default: ${DEFAULT-VALUE}).")
    private double commands;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Of play before the first kill, in which no cell may change its owner (default: ${DEFAULT-VALUE}).")
    private int calm;

    @Option(names = "--stop", description = "SIGSTOP, and SIGCONT after 2 s, instead of SIGKILL.")
    private boolean stop;

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        FailoverTrial.Size size = new FailoverTrial.Size(
                kills,
                options.bots,
                options.coordinators,
                options.sims,
                options.hz,
                calm,
                commands,
                stop,
                options.heap,
                options.settings);
        FailoverTrial.Result result =
                new FailoverTrial(size, line -> System.err.println("failover: " + line)).run(options.data);
        options.print(stop ? "failover-stop" : "failover", result.values(), REMARK);
        return result.complete() ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }
}
