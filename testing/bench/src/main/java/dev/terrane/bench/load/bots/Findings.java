package dev.terrane.bench.load.bots;

import dev.terrane.bench.load.bots.BotConnection.Phase;
import dev.terrane.bench.load.os.CpuClock;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a window found, as lines of {@code found KEY VALUE}. */
public final class Findings {
    public static final String LINE = "found ";

    private final Map<String, Double> values;
    private final Collection<String> errors;

    private Findings(Map<String, Double> values, Collection<String> errors) {
        this.values = values;
        this.errors = errors;
    }

    static Findings of(
            Tally tally, List<BotConnection> bots, double seconds, CpuClock.Reading server, CpuClock.Reading own) {
        long playing = bots.stream().filter(bot -> bot.phase() == Phase.PLAYING).count();
        double clientSeconds = Math.max(1, playing) * seconds;
        Map<String, Double> found = new LinkedHashMap<>();
        found.put("clients", (double) playing);
        found.put("seconds", seconds);
        found.put("snapshotsPerSecondPerClient", tally.snapshots / clientSeconds);
        found.put(
                "snapshotsPerSecondMin",
                bots.stream()
                                .filter(bot -> bot.phase() == Phase.PLAYING)
                                .mapToLong(bot -> bot.snapshots)
                                .min()
                                .orElse(0)
                        / seconds);
        found.put("bytesPerClientSecond", tally.frameBytes / clientSeconds);
        found.put("frameBytes", tally.frameBytes / (double) Math.max(1, tally.snapshots));
        found.put("bytesPerEntityUpdate", tally.decodedBytes / (double) tally.entityUpdates);
        found.put("entitiesVisible", tally.visibleSum / (double) tally.decodedSnapshots);
        found.put("entityUpdatesPerSnapshot", tally.entityUpdates / (double) tally.decodedSnapshots);
        found.put("stalenessMillisP50", tally.staleness.millisAt(0.5));
        found.put("stalenessMillisP99", tally.staleness.millisAt(0.99));
        found.put("snapshotAgeMillisP50", tally.snapshotAge.millisAt(0.5));
        found.put("snapshotAgeMillisP99", tally.snapshotAge.millisAt(0.99));
        found.put("snapshotAgeMillisP999", tally.snapshotAge.millisAt(0.999));
        found.put("displayAgeMillisP99", tally.displayAge.millisAt(0.99));
        found.put("inputsPerSecondPerClient", tally.inputs / clientSeconds);
        found.put("inputsSkipped", (double) tally.inputsSkipped);
        found.put("serverUserMicros", (double) server.userMicros());
        found.put("serverSystemMicros", (double) server.systemMicros());
        found.put("botMicros", (double) own.totalMicros());
        return new Findings(
                found,
                tally.errors.entrySet().stream()
                        .map(error -> error.getValue() + " × " + error.getKey())
                        .toList());
    }

    void print(PrintStream out) {
        errors.forEach(error -> out.println("error " + error));
        values.forEach((key, value) -> out.println(LINE + key + " " + value));
        out.println("done 0");
    }
}
