package dev.terrane.server.cli;

import dev.terrane.coordinator.Release;
import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import dev.terrane.server.cli.cluster.RollingUpgrade;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the nodes of a local cluster those of this build. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the nodes of a running cluster those of the build that runs this command, one after the other,"
                    + " while it is played.",
            "Coordinators first, who leads last; sims, each drained; services; gateways, whose players resume. The"
                    + " build before does the same to go back, until --finish."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane cluster status                what release each node is of",
            "  terrane cluster upgrade               from the folder of the other build",
            "  terrane cluster upgrade --finish      all agree on the release: what is new is used, older nodes are"
                    + " refused",
            "  terrane cluster upgrade --all         also nodes that are of this release already",
            "",
            "Exit codes: 0 done, 2 it was refused or could not go on; called again it goes on (docs/OPERATIONS.md)."
        })
final class ClusterUpgradeCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--finish", description = "Replaces nothing: all nodes agree on this release, for good.")
    private boolean finish;

    @Option(names = "--all", description = "Replaces nodes of this release, too: another build of it.")
    private boolean all;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        RollingUpgrade upgrade = new RollingUpgrade(
                options.folder(),
                new RollingUpgrade.Build(Release.OWN, System.getProperty("java.class.path"), all),
                new RollingUpgrade.Surroundings(
                        facts -> new CoordinatorCalls(
                                facts, options.config(facts), System.getProperty("user.name", "operator")),
                        options.config(ClusterFacts.running(options.folder()))
                                .cluster()
                                .standbys(),
                        line -> {
                            out.println(line);
                            out.flush();
                        }));
        if (finish) {
            upgrade.finish();
        } else {
            upgrade.run();
        }
        return ExitCode.OK;
    }
}
