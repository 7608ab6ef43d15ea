package dev.terrane.bench.load;

import dev.terrane.bench.load.bots.BotPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench floor}: the yardstick by itself. */
@Command(
        name = "floor",
        mixinStandardHelpOptions = true,
        description =
                "A bare loop that sends frames of the same size to N sockets and reads their inputs: what no server can go below. crowd and roam run it in between by themselves.")
final class FloorCommand implements Callable<Integer> {
    @Mixin
    private LaboratoryOptions laboratoryOptions = new LaboratoryOptions();

    @Option(
            names = "--clients",
            defaultValue = "1000",
            split = ",",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private List<Integer> clients = new ArrayList<>();

    @Option(
            names = "--bytes",
            defaultValue = "300",
            description = "Size of each frame, with its header (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(names = "--rate", defaultValue = "20", description = "Frames per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "15", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        List<Point> points = new ArrayList<>();
        Report report = laboratoryOptions.report();
        try (Laboratory laboratory = laboratoryOptions.open()) {
            for (int count : clients) {
                Point point = measure(laboratory, count);
                points.add(point);
                report.print(point);
            }
        }
        return LoadCommand.codeOf(points);
    }

    private Point measure(Laboratory laboratory, int count) {
        try (FloorProcess floor = FloorProcess.start(laboratory, bytes, rate)) {
            BotPlan plan = new BotPlan(floor.port(), count, false, 10, 2, 500, 4, seconds, floor.pid());
            BotRun run = BotRun.of(laboratory, plan, "floor " + count, BotRun.Steps.NONE);
            Map<String, Double> none = new LinkedHashMap<>();
            return Point.of("floor", List.of(run), List.of(run), none);
        }
    }
}
