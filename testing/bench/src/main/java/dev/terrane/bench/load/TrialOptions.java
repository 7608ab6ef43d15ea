package dev.terrane.bench.load;

import dev.terrane.bench.load.os.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What crowd and roam have in common: points of rising size, each with its floor. */
abstract class TrialOptions implements Callable<Integer> {
    /** Closer is not worth the time: runs differ by more. */
    private static final int FIND_STEP_MIN = 100;

    private final Scenario scenario;

    @Mixin
    private LaboratoryOptions laboratoryOptions = new LaboratoryOptions();

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            description =
                    "How many; several by commas (default: 100, 200, 500, 1000, … until the server no longer sends 18 snapshots a second).")
    private List<Integer> clients = new ArrayList<>();

    @Option(names = "--seconds", defaultValue = "15", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "12",
            description = "Seconds between the last join and the measurement (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            description = "Runs of each point; medians are reported (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--no-floor",
            description =
                    "Leave out the floor, a bare loop that sends the same bytes, which is else run after each run.")
    private boolean noFloor;

    @Option(
            names = "--joins",
            defaultValue = "300",
            description = "Clients that join in a second (default: ${DEFAULT-VALUE}).")
    private int joinsPerSecond;

    @Option(
            names = "--find-max",
            description = "After the first point that is not held, look for the largest that is, to the hundred.")
    private boolean findMax;

    @Option(
            names = "--profile",
            paramLabel = "FILE.jfr",
            description = "Record the last run of each point by JFR. Such a point is for looking, not for quoting.")
    private @Nullable Path profile;

    TrialOptions(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public Integer call() {
        List<Point> points = new ArrayList<>();
        Report report = laboratoryOptions.report();
        try (Laboratory laboratory = laboratoryOptions.open()) {
            Trial trial = new Trial(
                    laboratory,
                    scenario,
                    new Trial.Length(warmUp, seconds, rounds, !noFloor && scenario.hasFloor(), joinsPerSecond),
                    laboratoryOptions.settings(),
                    profile);
            int held = 0;
            int lost = 0;
            for (int count : clients.isEmpty() ? scenario.steps() : clients) {
                Machine.requireOpenFiles(count);
                Point point = trial.measure(count);
                points.add(point);
                report.print(point);
                if (point.held()) {
                    held = count;
                } else if (clients.isEmpty() || findMax) {
                    lost = count;
                    break;
                }
            }
            while (findMax && lost - held > FIND_STEP_MIN) {
                int count = (held + lost) / 2 / FIND_STEP_MIN * FIND_STEP_MIN;
                if (count <= held) {
                    break;
                }
                Point point = trial.measure(count);
                points.add(point);
                report.print(point);
                if (point.held()) {
                    held = count;
                } else {
                    lost = count;
                }
            }
        }
        return LoadCommand.codeOf(points);
    }
}
