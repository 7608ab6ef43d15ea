package dev.terrane.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench layers}. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description = {
            "One region full of entities that fight, without any client, on the two cores of the server and the bots: as one cell, as two layers on two threads, and as two layers that do not see each other.",
            "",
            "Example: terrane bench layers --entities 10000 --json",
            ""
        })
final class LayersCommand implements Callable<Integer> {
    @Mixin
    private LaboratoryOptions laboratoryOptions = new LaboratoryOptions();

    @Option(names = "--entities", defaultValue = "10000", description = "How many fight (default: ${DEFAULT-VALUE}).")
    private int entities;

    @Option(names = "--seconds", defaultValue = "25", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "40",
            description = "Seconds between start or split and the measurement (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Override
    public Integer call() throws InterruptedException {
        List<Point> points = new ArrayList<>();
        Report report = laboratoryOptions.report();
        try (Laboratory laboratory = laboratoryOptions.open()) {
            LayersTrial trial = new LayersTrial(laboratory, laboratoryOptions.settings(), entities, warmUp, seconds);
            for (LayersTrial.Variant variant : LayersTrial.Variant.values()) {
                Point point = trial.measure(variant);
                points.add(point);
                report.print(point);
            }
        }
        return LoadCommand.codeOf(points);
    }
}
