package dev.terrane.bench.load;

import dev.terrane.bench.load.cluster.ClusterSize;
import dev.terrane.bench.load.cluster.FailoverTrial;
import dev.terrane.bench.load.cluster.Fault;
import dev.terrane.server.cli.cluster.Cable;
import dev.terrane.server.cli.cluster.CableNetwork;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench failover}. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "What players see when a sim is killed, frozen or cut off: a cluster of real processes on this machine, roaming bots, one blow after the other, each time from a whole cluster whose cells are dealt out evenly."
                    + " All the while they pay into hexes by durable commands, and in the end the books are compared with what they were told."
                    + " Pauses are those of players in the killed sim's cells; what the longest time without news is longer than a tick. The others' are told as bystanders'.",
            "",
            "Examples: terrane bench failover",
            "          terrane bench failover --kills 20 --json",
            "          terrane bench failover --turns                 the heir has always just started",
            "          terrane bench failover --kills 0 --calm 1800        half an hour in which nothing may happen",
            "          terrane bench failover --stop --kills 5        frozen for two seconds instead of killed",
            "          terrane bench failover --cut --kills 5         its cable cut for five seconds (Linux, as root); --cut in: nothing reaches it, --cut out: nothing comes from it",
            "          terrane bench failover --with-leader           and the coordinator that leads, at the same moment",
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

    @Option(
            names = "--rest",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description =
                    "Of play before each kill, once all is whole: a JVM that has only started is busy with itself (default: ${DEFAULT-VALUE}).")
    private int rest;

    /** One of them at most. */
    static final class How {
        @Option(names = "--stop", description = "SIGSTOP, and SIGCONT after 2 s, instead of SIGKILL.")
        private boolean stop;

        @Option(
                names = "--cut",
                arity = "0..1",
                paramLabel = "WAY",
                fallbackValue = "both",
                description = "Its cable is cut for 5 s instead: ${COMPLETION-CANDIDATES}, both where none is said.")
        private Cable.@Nullable Cut cut;
    }

    @ArgGroup
    private How how = new How();

    @Option(
            names = "--with-leader",
            description = "The same to the coordinator that leads, at the same moment. Not with --cut.")
    private boolean withLeader;

    @Option(
            names = "--turns",
            description =
                    "One sim after the other, so that each heir is the one that was hit before, and a minute old. Otherwise the same sim each time, whose heir has run since the start.")
    private boolean turns;

    private Fault fault() {
        Cable.Cut cut = how.cut;
        return cut != null ? new Fault.CutOff(cut) : how.stop ? new Fault.Stopped() : new Fault.Killed();
    }

    /** @throws IllegalStateException if it cannot be done, here or at all */
    private void check(Fault fault, int coordinators) {
        if (fault instanceof Fault.CutOff) {
            if (withLeader) {
                throw new IllegalStateException(
                        "--cut and --with-leader exclude each other: coordinators have no cables");
            }
            String obstacle = CableNetwork.obstacle();
            if (!obstacle.isEmpty()) {
                throw new IllegalStateException(obstacle);
            }
        }
        if (withLeader && coordinators < 2) {
            throw new IllegalStateException("--with-leader needs coordinators that go on: --coordinators 3");
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        ClusterSize cluster = options.size(0);
        Fault fault = fault();
        check(fault, cluster.coordinators());
        FailoverTrial.Size size =
                new FailoverTrial.Size(kills, calm, rest, commands, fault, withLeader, turns, cluster);
        return options.print(
                "failover" + fault.suffix() + (withLeader ? "-with-leader" : ""),
                new FailoverTrial(size, ClusterBenchOptions.progress("failover")).run(options.data),
                REMARK);
    }
}
