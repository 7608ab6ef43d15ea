package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Cores;
import dev.terrane.bench.load.os.Machine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every load bench: where it runs and how it reports. */
final class LaboratoryOptions {
    @Option(names = "--json", description = "One JSON object per point on standard output.")
    private boolean json;

    @Option(
            names = "--jvm",
            paramLabel = "FLAGS",
            description =
                    "Flags of the server's JVM instead of the launcher's, for example \"-XX:+UseSerialGC -Xmx2g\".")
    private String jvm = System.getProperty("terrane.jvm", "-XX:+UseZGC");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another setting of the server (docs/CONFIG.md).")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--server-core",
            defaultValue = "0",
            description = "Core of the server (default: ${DEFAULT-VALUE}).")
    private int serverCore;

    @Option(names = "--bot-core", defaultValue = "1", description = "Core of the bots (default: ${DEFAULT-VALUE}).")
    private int botCore;

    @Option(
            names = "--go-first",
            description =
                    "Take the processors before all others: for a machine that does other things, too. Only for root.")
    private boolean goFirst;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the bench's own database (default: in testing/bench/target).")
    private Path data =
            Path.of(System.getenv().getOrDefault("TERRANE_HOME", "."), "testing", "bench", "target", "data");

    Laboratory open() {
        return Laboratory.open(Cores.of(serverCore, botCore), jvm(), data, line -> System.err.println(line), goFirst);
    }

    List<String> jvm() {
        return List.of(jvm.strip().split("\\s+"));
    }

    boolean json() {
        return json;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Of benches that find figures by names of their own: behind what the line says already, or one below the other. */
    void print(JsonLine line, Map<String, Double> found) {
        found.forEach(line::number);
        if (json) {
            System.out.println(line.end());
        } else {
            found.forEach((name, value) -> System.out.println(String.format(Locale.ROOT, "%-28s %,.3f", name, value)));
        }
    }

    Report report() {
        return new Report(System.out, json, Machine.here());
    }
}
