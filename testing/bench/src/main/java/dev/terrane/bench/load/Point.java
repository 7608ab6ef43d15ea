package dev.terrane.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measured point: what is reported of a scenario with so many clients.
 *
 * @param numbers by their keys, in the order of the report
 * @param errors what went wrong with bots, and how often
 */
record Point(String scenario, int clients, Map<String, Double> numbers, List<String> errors) {
    /** The bots' core at most, else they and not the server are measured. */
    private static final double BOT_CORES_MAX = 0.8;

    /** What others may take of the server's core, else the machine is measured. */
    private static final double STOLEN_CORES_MAX = 0.1;

    private static final double SNAPSHOTS_PER_SECOND_MIN = 18;

    /** Found by bots, and reported as it is. */
    private static final List<String> AS_FOUND = List.of(
            "stalenessMillisP50",
            "stalenessMillisP99",
            "entitiesVisible",
            "displayAgeMillisP99",
            "snapshotAgeMillisP50",
            "snapshotAgeMillisP99",
            "snapshotAgeMillisP999",
            "snapshotsPerSecondMin",
            "inputsPerSecondPerClient",
            "frameBytes");

    /**
     * @param real runs against the server
     * @param floors runs against the bare loop, interleaved with them; none when it was left out
     */
    static Point of(String scenario, List<BotRun> real, List<BotRun> floors, Map<String, Double> ofServer) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("snapshotsPerSecondPerClient", median(real, "snapshotsPerSecondPerClient"));
        double micros =
                Median.of(real.stream().map(BotRun::microsPerClientSecond).toList());
        numbers.put("serverMicrosPerClientSecond", micros);
        numbers.put("bytesPerClientSecond", median(real, "bytesPerClientSecond"));
        numbers.put("bytesPerEntityUpdate", median(real, "bytesPerEntityUpdate"));
        for (String key : AS_FOUND.subList(0, 2)) {
            numbers.put(key, median(real, key));
        }
        numbers.put(
                "serverCores", Median.of(real.stream().map(BotRun::serverCores).toList()));
        numbers.put("botCores", Median.of(real.stream().map(BotRun::botCores).toList()));
        numbers.put(
                "stolenCores", Median.of(real.stream().map(BotRun::stolenCores).toList()));
        numbers.put(BotRun.WENT_FIRST, median(real, BotRun.WENT_FIRST));
        double floor =
                Median.of(floors.stream().map(BotRun::microsPerClientSecond).toList());
        numbers.put("floorRatio", micros / floor);
        numbers.put("floorMicrosPerClientSecond", floor);
        numbers.put(
                "systemTimeShare",
                Median.of(real.stream().map(BotRun::systemTimeShare).toList()));
        for (String key : AS_FOUND.subList(2, AS_FOUND.size())) {
            numbers.put(key, median(real, key));
        }
        numbers.putAll(ofServer);
        return new Point(
                scenario,
                (int) real.getLast().value("clients"),
                numbers,
                real.stream().flatMap(run -> run.errors().stream()).toList());
    }

    private static double median(List<BotRun> runs, String key) {
        return Median.of(runs.stream().map(run -> run.value(key)).toList());
    }

    double number(String key) {
        @Nullable Double number = numbers.get(key);
        return number == null ? Double.NaN : number;
    }

    /** Whether the server kept up. */
    boolean held() {
        return clients > 0 && number("snapshotsPerSecondPerClient") >= SNAPSHOTS_PER_SECOND_MIN;
    }

    /** Whether it may be quoted. */
    boolean counts() {
        return doubts().isEmpty();
    }

    /** Why it must not be quoted. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>(errors);
        if (number("botCores") >= BOT_CORES_MAX) {
            doubts.add("the bots were too busy");
        }
        if (number("stolenCores") > STOLEN_CORES_MAX && number(BotRun.WENT_FIRST) != 1) {
            doubts.add("others took %.2f of the server's core".formatted(number("stolenCores")));
        }
        return doubts;
    }
}
