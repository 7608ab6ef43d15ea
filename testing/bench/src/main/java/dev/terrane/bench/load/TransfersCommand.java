package dev.terrane.bench.load;

import dev.terrane.bench.load.transfers.TransfersTrial;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench transfers}. */
@Command(
        name = "transfers",
        mixinStandardHelpOptions = true,
        description = {
            "Durable transfers of money over the whole lane, uniform and by Zipf's law, with fsync on, on a fresh database that shares this machine's cores. Beside them two floors: raw"
                    + " SQL with the same rows, one transaction per transfer, and sets of 200; and how long one waits for the disk, alone (before and after) and meanwhile.",
            "",
            "Examples: terrane bench transfers --json",
            "          terrane bench transfers --database-url jdbc:postgresql://127.0.0.1/bench",
            ""
        })
final class TransfersCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean json;

    @Option(names = "--wallets", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int wallets;

    @Option(names = "--seconds", defaultValue = "15", description = "Of each measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds before the first (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--outstanding",
            defaultValue = "4096",
            description = "Transfers on their way while the most is looked for (default: ${DEFAULT-VALUE}).")
    private int outstanding;

    @Option(
            names = "--offered",
            defaultValue = "10000",
            description = "Uniform transfers offered per second while latency is measured (default: ${DEFAULT-VALUE}).")
    private int offered;

    @Option(
            names = "--offered-zipf",
            defaultValue = "3000",
            description = "The same by Zipf's law (default: ${DEFAULT-VALUE}).")
    private int offeredZipf;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the bench's own database, emptied first (default: in testing/bench/target).")
    private Path data =
            Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "target", "transfers-data");

    @Option(
            names = "--database-url",
            paramLabel = "JDBC-URL",
            defaultValue = "",
            description = {
                "A new, empty database of your own instead, on this machine: the disk is measured in --data. One with schemas in it is refused.",
                "User and password: TERRANE_DATABASE_USER, TERRANE_DATABASE_PASSWORD."
            })
    private String databaseUrl = "";

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Map<String, Double> found;
        if (databaseUrl.isEmpty()) {
            empty(data);
            try (LocalPostgres postgres = LocalPostgres.start(data, System.err::println)) {
                found = measure(postgres.address());
            }
        } else {
            Files.createDirectories(data);
            DatabaseAddress own = DatabaseAddress.parse(
                    databaseUrl,
                    System.getenv().getOrDefault("TERRANE_DATABASE_USER", "terrane"),
                    System.getenv().getOrDefault("TERRANE_DATABASE_PASSWORD", ""));
            String inUse = schemas(own);
            if (!inUse.isEmpty()) {
                System.err.println("bench: " + own + " is not empty, it has " + inUse
                        + ". The bench makes money in it and drops tables: give it a database of its own.");
                return CommandLine.ExitCode.USAGE;
            }
            found = measure(own);
        }
        print(found);
        return found.getOrDefault("refused", 0.0) == 0 ? LoadCommand.OK : LoadCommand.DOUBTFUL;
    }

    /** Whatever somebody has made in a database. */
    private static String schemas(DatabaseAddress database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        SELECT coalesce(string_agg(nspname, ', '), '') FROM pg_namespace
                        WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
                          AND (nspname <> 'public' OR EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid))""")) {
            found.next();
            return found.getString(1);
        }
    }

    private Map<String, Double> measure(DatabaseAddress database) throws SQLException, InterruptedException {
        TransfersTrial.Size size = new TransfersTrial.Size(wallets, seconds, warmUp, outstanding, offered, offeredZipf);
        try (TransfersTrial trial =
                new TransfersTrial(database, data, size, line -> System.err.println("transfers: " + line))) {
            return trial.run();
        }
    }

    private void print(Map<String, Double> found) {
        JsonLine line = new JsonLine().text("bench", "transfers").number("wallets", wallets);
        found.forEach(line::number);
        if (json) {
            System.out.println(line.end());
        } else {
            found.forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "%-28s %,.1f", name, value)));
        }
    }

    /** What an earlier run has left would be measured, too. Only a folder that this bench has made is emptied. */
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
