package dev.terrane.bench.load;

import dev.terrane.bench.load.recovery.RecoveryTrial;
import dev.terrane.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench recovery}. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = {
            "How long a cell's tick is held up by a checkpoint and by a base of the flight recorder, and how long a dead cell takes from its checkpoint and journal in a real database to its first tick. The state"
                    + " after it is compared with what was acknowledged before.",
            "",
            "Example: terrane bench recovery --json",
            ""
        })
final class RecoveryCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    @Option(names = "--entities", defaultValue = "10000", description = "In the cell (default: ${DEFAULT-VALUE}).")
    private int entities;

    @Option(
            names = "--commands",
            defaultValue = "1000",
            description = "Per second, while the journal is written (default: ${DEFAULT-VALUE}).")
    private int commands;

    @Option(
            names = "--journal-seconds",
            defaultValue = "10",
            description = "Of play since the checkpoint (default: ${DEFAULT-VALUE}).")
    private int journalSeconds;

    @Option(names = "--checkpoints", defaultValue = "400", description = "Measured pauses (default: ${DEFAULT-VALUE}).")
    private int checkpoints;

    @Option(names = "--recoveries", defaultValue = "15", description = "Measured restarts (default: ${DEFAULT-VALUE}).")
    private int recoveries;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the bench's own database, emptied first (default: in testing/bench/target).")
    private Path data =
            Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "target", "recovery-data");

    @Override
    public Integer call() throws IOException {
        empty(data);
        RecoveryTrial.Size size = new RecoveryTrial.Size(entities, commands, journalSeconds, checkpoints, recoveries);
        Map<String, Double> found;
        try (LocalPostgres postgres = LocalPostgres.start(data, line -> System.err.println(line));
                RecoveryTrial trial =
                        new RecoveryTrial(postgres.address(), size, line -> System.err.println("recovery: " + line))) {
            found = trial.run();
        }
        JsonLine line = new JsonLine().text("bench", "recovery");
        found.forEach(line::number);
        if (json) {
            System.out.println(line.end());
        } else {
            found.forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "%-34s %,.1f", name, value)));
        }
        return found.getOrDefault("lostEffects", 1.0) == 0 ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }

    /** Only a folder that this bench has made is emptied. */
    private static void empty(Path folder) throws IOException {
        Path ours = folder.resolve("postgres");
        if (!Files.exists(ours)) {
            return;
        }
        try (Stream<Path> files = Files.walk(ours)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
