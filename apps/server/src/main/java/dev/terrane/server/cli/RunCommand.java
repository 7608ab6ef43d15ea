package dev.terrane.server.cli;

import dev.terrane.server.Server;
import dev.terrane.server.StartException;
import dev.terrane.server.config.ConfigLoader;
import dev.terrane.server.logging.Logging;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs everything in this process until it is interrupted. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Starts gateway, world, coordinator and database in one process and prints the address to open. Ctrl-C stores everything and ends.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane run",
            "  terrane run --port 9000 --data /srv/terrane --log json",
            "  terrane run --database-url jdbc:postgresql://db/terrane --set database.user=game",
            "",
            "Exit codes: 0 ended as asked, 1 failed while running, 2 unusable configuration or machine."
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        ConfigLoader.Loaded loaded = options.load();
        Logging.start(loaded.config().log().format(), loaded.config().log().level());
        try {
            UntilSignal.start(() -> Server.start(loaded.config()), Server::close);
        } catch (StartException e) {
            LoggerFactory.getLogger(RunCommand.class)
                    .atError()
                    .setCause(e.getCause())
                    .log("{}", e.getMessage());
            return ExitCode.UNUSABLE;
        }
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}
