package dev.terrane.server.cli;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseRefusedException;
import dev.terrane.postgres.PostgresJobs;
import dev.terrane.postgres.PostgresJobs.JobState;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.jobs.JobCommands;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Background jobs: shows how they did, and asks for a run. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description =
                "Background jobs: shows how they did, and asks for a run. A run that fails for good is found by 'commands dlq list'.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane jobs list",
            "  terrane jobs list --json",
            "  terrane jobs run release-holds",
            "  terrane jobs run PLUGIN.JOB ARGUMENT",
            "",
            "Exit codes: 0 done, 1 there is no such job, 2 unusable options or no database."
        })
final class JobsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int with(ConfigOptions options, ToIntBiFunction<TerraneConfig, OpenDatabase> work) {
        TerraneConfig config = options.load().config();
        try (OpenDatabase open = OpenDatabase.of(config)) {
            return work.applyAsInt(config, open);
        } catch (StoreUnavailableException | LaneUnavailableException | DatabaseRefusedException away) {
            throw new UnusableException(String.valueOf(away.getMessage()));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all jobs and how they did.")
    int list(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "One JSON object a line.") boolean json) {
        return with(options, (_, open) -> {
            for (JobState job : new PostgresJobs(open.database()).list()) {
                out().println(json ? jsonOf(job) : line(job));
            }
            return ExitCode.OK;
        });
    }

    @Command(name = "run", mixinStandardHelpOptions = true, description = "Asks for a run; the server carries it out.")
    int run(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "NAME", description = "As list says.") String name,
            @Parameters(paramLabel = "ARGUMENT", arity = "0..1", description = "For the job.") String argument) {
        return with(options, (config, open) -> {
            if (new PostgresJobs(open.database())
                    .list().stream().noneMatch(job -> job.name().equals(name))) {
                spec.commandLine().getErr().println("terrane: there is no job '" + name + "'; see terrane jobs list");
                return ExitCode.FAILED;
            }
            String request = "run-" + UUID.randomUUID();
            new PostgresLaneStore(
                            open.database(),
                            config.commands().partitions(),
                            config.commands().laneMax())
                    .append(
                            JobCommands.laneOf(name),
                            List.of(JobCommands.run(
                                    "admin:cli",
                                    request,
                                    new JobCommands.Run(name, argument),
                                    System.currentTimeMillis(),
                                    new JsonPayloads())));
            out().println("asked for; see terrane jobs list");
            return ExitCode.OK;
        });
    }

    private static String line(JobState job) {
        String last = job.lastSaid() == null
                ? "has not run yet"
                : "%s %s: %s"
                        .formatted(
                                Instant.ofEpochMilli(job.lastRanAtMillis()),
                                job.lastDone() ? "done" : "failed",
                                job.lastSaid());
        return "%-28s %-12s %5d runs, %d failed  %s%n%28s %s"
                .formatted(
                        job.name(),
                        job.everySeconds() == 0 ? "on demand" : "every " + job.everySeconds() + " s",
                        job.runCount(),
                        job.failureCount(),
                        last,
                        "",
                        job.description());
    }

    private static String jsonOf(JobState job) {
        String said = job.lastSaid();
        return new JsonText()
                .text("name", job.name())
                .text("description", job.description())
                .number("everySeconds", job.everySeconds())
                .number("runs", job.runCount())
                .number("failures", job.failureCount())
                .number("lastRanAtMillis", job.lastRanAtMillis())
                .text("lastOutcome", said == null ? "" : job.lastDone() ? "done" : "failed")
                .text("lastSaid", said == null ? "" : said)
                .end();
    }
}
