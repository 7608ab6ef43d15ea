package dev.terrane.bench.load;

import dev.terrane.bench.load.bots.BotPlan;
import dev.terrane.bench.load.metrics.Metrics;
import dev.terrane.bench.load.os.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures one point: a fresh server, bots, and in turn with them the floor. */
final class Trial {
    private static final int SNAPSHOTS_PER_SECOND = 20;
    /** The floor's loop is compiled long before that. */
    private static final int FLOOR_WARM_UP_SECONDS = 4;

    private final Laboratory laboratory;
    private final Scenario scenario;
    private final Length length;
    private final Map<String, String> otherSettings;
    private final @Nullable Path profile;
    private final Map<String, Double> readings = new LinkedHashMap<>();

    /**
     * How long and how often.
     *
     * @param rounds of the real server, each followed by the floor
     */
    record Length(int warmUpSeconds, int seconds, int rounds, boolean floor, int joinsPerSecond) {}

    /** @param profile where the last real run is recorded by JFR, or null */
    Trial(
            Laboratory laboratory,
            Scenario scenario,
            Length length,
            Map<String, String> otherSettings,
            @Nullable Path profile) {
        this.laboratory = laboratory;
        this.scenario = scenario;
        this.length = length;
        this.otherSettings = otherSettings;
        this.profile = profile;
    }

    Point measure(int clients) {
        Map<String, String> settings = new LinkedHashMap<>(scenario.settings(clients));
        settings.putAll(otherSettings);
        List<BotRun> real = new ArrayList<>();
        List<BotRun> floors = new ArrayList<>();
        readings.clear();
        laboratory.progress().say("%s %d: starting a server".formatted(scenario.id(), clients));
        try (ServerProcess server = ServerProcess.start(laboratory, laboratory.jvm(), settings)) {
            for (int round = 1; round <= length.rounds(); round++) {
                boolean last = round == length.rounds();
                real.add(play(server, clients, last ? profile : null));
                if (last) {
                    readings.putAll(readings(server));
                }
                if (length.floor()) {
                    floors.add(floor(clients, real.getLast()));
                }
            }
        }
        return Point.of(scenario.id(), real, floors, readings);
    }

    private BotRun play(ServerProcess server, int clients, @Nullable Path recording) {
        ServerWatch watch = scenario.watch(server, clients);
        BotRun.Steps steps = new BotRun.Steps() {
            @Override
            public void joined() {
                watch.joined();
            }

            @Override
            public void measuring() {
                watch.measuring();
                if (recording != null) {
                    server.jvm().jcmd("JFR.start", Profile.START);
                }
            }

            @Override
            public void measured() {
                watch.measured();
            }
        };
        BotRun run = BotRun.of(
                laboratory,
                plan(server.port(), clients, scenario.greets(), length.warmUpSeconds(), server.pid()),
                scenario.id() + " " + clients,
                steps);
        readings.putAll(watch.readings());
        if (recording != null) {
            server.jvm().jcmd("JFR.stop", List.of("name=bench", "filename=" + recording.toAbsolutePath()));
            Profile.of(recording).print(System.err, run.systemTimeShare());
        }
        return run;
    }

    private BotRun floor(int clients, BotRun real) {
        try (FloorProcess floor =
                FloorProcess.start(laboratory, (int) Math.round(real.value("frameBytes")), SNAPSHOTS_PER_SECOND)) {
            return BotRun.of(
                    laboratory,
                    plan(floor.port(), clients, false, FLOOR_WARM_UP_SECONDS, floor.pid()),
                    "floor " + clients,
                    BotRun.Steps.NONE);
        }
    }

    private BotPlan plan(int port, int clients, boolean greets, int warmUpSeconds, long serverPid) {
        return new BotPlan(
                port,
                clients,
                greets,
                scenario.inputsPerSecond,
                scenario.legSeconds,
                length.joinsPerSecond(),
                warmUpSeconds,
                length.seconds(),
                serverPid);
    }

    /** What the server knows about itself, of the last minute or two. */
    private static Map<String, Double> readings(ServerProcess server) {
        Metrics metrics = server.metrics();
        Map<String, Double> readings = new LinkedHashMap<>();
        for (String percentile : List.of("0.5", "0.99", "0.999")) {
            readings.put(
                    "tickMillisP" + percentile.substring(2) + (percentile.length() < 4 ? "0" : ""),
                    metrics.max("worker_round_nanos", "quantile", percentile) / 1e6);
        }
        readings.put("gcPauseMillis", metrics.sum("jvm_gc_pause_seconds_sum") * 1e3);
        readings.put("gcPauseMillisMax", metrics.sum("jvm_gc_pause_seconds_max") * 1e3);
        readings.put("heapBytes", metrics.sum("jvm_memory_used_bytes", "area", "heap"));
        readings.put("rssBytes", (double) Machine.residentBytes(server.pid()));
        return readings;
    }
}
