package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a local cluster. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stores everything and ends the cluster: gateways, sims, coordinators, database.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster down",
            "  terrane cluster down --data /srv/terrane",
            "",
            "Exit codes: 0 it is down, 1 it does not end, 2 no cluster runs there."
        })
final class ClusterDownCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 50;
    private static final long SHOWN_AFTER_MILLIS = 2_000;
    private static final long SECONDS_MAX = 90;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ProcessFacts supervisor = ClusterFacts.running(options.folder()).supervisor();
        supervisor.signal("TERM");
        long started = System.nanoTime();
        long shown = SHOWN_AFTER_MILLIS;
        while (supervisor.state() != ProcessFacts.State.GONE) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (millis > TimeUnit.SECONDS.toMillis(SECONDS_MAX)) {
                spec.commandLine()
                        .getErr()
                        .printf(
                                "terrane: process %d does not end; kill -9 %d ends it and its nodes%n",
                                supervisor.pid(), supervisor.pid());
                return ExitCode.FAILED;
            }
            if (millis > shown) {
                spec.commandLine().getErr().printf("stopping, %d s%n", millis / 1000);
                shown += SHOWN_AFTER_MILLIS;
            }
            Thread.sleep(POLL_MILLIS);
        }
        spec.commandLine().getOut().println("the cluster is down");
        return ExitCode.OK;
    }
}
