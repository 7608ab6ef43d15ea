package dev.terrane.server.cli;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.DeadLetter;
import dev.terrane.command.DeadLetters;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.postgres.DatabaseRefusedException;
import dev.terrane.postgres.lane.PostgresLaneStore;
import dev.terrane.server.config.TerraneConfig;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that failed again and again: shows them, sends them again, or forgets them. Works while the server runs and while it does not. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = {
            "Dead letters: commands that failed again and again and wait for an operator.",
            "A retry sends the very same command: if its effect did happen, its recorded result is found, and nothing happens twice."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  terrane commands dlq list                  all of them, the oldest first",
            "  terrane commands dlq list --lane economy --json",
            "  terrane commands dlq show 17               with its payload",
            "  terrane commands dlq retry 17",
            "  terrane commands dlq drop 17               its client keeps the refusal that it got",
            "",
            "Exit codes: 0 done, 1 there is no such letter, 2 unusable options or no database."
        })
final class DlqCommand implements Runnable {
    private static final int PAGE = 100;

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

    private int withLetters(ConfigOptions options, ToIntFunction<DeadLetters> work) {
        TerraneConfig config = options.load().config();
        try (OpenDatabase open = OpenDatabase.of(config)) {
            DeadLetters letters = new PostgresLaneStore(
                            open.database(), config.commands().partitions(), Long.MAX_VALUE)
                    .deadLetters();
            return work.applyAsInt(letters);
        } catch (StoreUnavailableException | LaneUnavailableException | DatabaseRefusedException away) {
            throw new UnusableException(String.valueOf(away.getMessage()));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows dead letters, the oldest first.")
    int list(
            @Mixin ConfigOptions options,
            @Option(
                            names = "--lane",
                            paramLabel = "LANE",
                            description = "Only of this lane: cells, economy, inventory, trade, jobs, jobs-PLUGIN.")
                    List<String> lanes,
            @Option(names = "--json", description = "One JSON object a line.") boolean json) {
        return withLetters(options, letters -> {
            List<String> wanted = lanes == null || lanes.isEmpty() ? letters.lanes() : lanes;
            int count = 0;
            for (String lane : wanted) {
                for (DeadLetter letter : all(letters, lane)) {
                    count++;
                    out().println(json ? jsonOf(letter) : line(letter));
                }
            }
            if (!json) {
                out().println(count == 0 ? "no dead letters" : count + " dead letters");
            }
            return ExitCode.OK;
        });
    }

    private static List<DeadLetter> all(DeadLetters letters, String lane) {
        List<DeadLetter> all = new ArrayList<>();
        List<DeadLetter> page;
        do {
            page = letters.list(lane, all.isEmpty() ? 0 : all.getLast().id(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one dead letter with its payload.")
    int show(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "ID", description = "As list says.") long id,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        return withLetters(options, letters -> {
            DeadLetter letter = letters.show(id).orElse(null);
            if (letter == null) {
                return none(id);
            }
            if (json) {
                out().println(jsonOf(letter));
            } else {
                out().println(line(letter));
                out().printf(
                                "  asked by %s, request %s%n",
                                letter.command().origin().clientId(),
                                letter.command().origin().requestId());
                out().printf("  idempotency key %s%n", letter.command().idempotencyKey());
                out().printf("  payload %s%n", payload(letter));
                out().printf("  last fault: %s%n", letter.why());
            }
            return ExitCode.OK;
        });
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Sends one again, as it is.")
    int retry(@Mixin ConfigOptions options, @Parameters(paramLabel = "ID", description = "As list says.") long id) {
        return withLetters(options, letters -> {
            if (!letters.retry(id)) {
                return none(id);
            }
            out().println("sent again; it stays in the list until you drop it");
            return ExitCode.OK;
        });
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Forgets one.")
    int drop(@Mixin ConfigOptions options, @Parameters(paramLabel = "ID", description = "As list says.") long id) {
        return withLetters(options, letters -> {
            if (!letters.drop(id)) {
                return none(id);
            }
            out().println("dropped");
            return ExitCode.OK;
        });
    }

    private int none(long id) {
        spec.commandLine().getErr().println("terrane: there is no dead letter " + id);
        return ExitCode.FAILED;
    }

    private static String line(DeadLetter letter) {
        return "%6d  %s  %-28s %-44s tried %d times, retried %d: %s"
                .formatted(
                        letter.id(),
                        Instant.ofEpochMilli(letter.diedAtMillis()),
                        letter.command().type(),
                        letter.command().key(),
                        letter.attemptCount(),
                        letter.retryCount(),
                        letter.why().lines().findFirst().orElse(""));
    }

    private static String payload(DeadLetter letter) {
        return new String(letter.command().payload(), StandardCharsets.UTF_8);
    }

    private static String jsonOf(DeadLetter letter) {
        return new JsonText()
                .number("id", letter.id())
                .text("lane", letter.partition().lane())
                .number("partition", letter.partition().index())
                .text("type", letter.command().type())
                .number("version", letter.command().version())
                .text("key", letter.command().key())
                .text("clientId", letter.command().origin().clientId())
                .text("requestId", letter.command().origin().requestId())
                .text("idempotencyKey", letter.command().idempotencyKey().toString())
                .text("payload", payload(letter))
                .number("attempts", letter.attemptCount())
                .number("retries", letter.retryCount())
                .number("diedAtMillis", letter.diedAtMillis())
                .text("why", letter.why())
                .end();
    }
}
