package dev.terrane.cell;

import dev.terrane.base.Meters;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Runs the systems of a stage in the order in which they were added, and knows which one is running when something throws. */
final class Schedule {
    private record Step(String where, Rules.NamedSystem system, Meters.Distribution nanos) {}

    private final Map<Stage, List<Step>> stages = new EnumMap<>(Stage.class);
    private final LongSupplier stopwatchNanos;
    private String where = "start";
    private long opportunisticNanos;

    Schedule(Rules rules, Meters meters, LongSupplier stopwatchNanos, String world) {
        this.stopwatchNanos = stopwatchNanos;
        for (Stage stage : Stage.values()) {
            List<Step> steps = new ArrayList<>();
            for (Rules.NamedSystem system : rules.systems(stage)) {
                steps.add(new Step(
                        "system " + stage + " " + system.name(),
                        system,
                        meters.distribution(
                                "cell_system_nanos",
                                "world",
                                world,
                                "stage",
                                stage.name().toLowerCase(Locale.ROOT),
                                "system",
                                system.name())));
            }
            stages.put(stage, steps);
        }
    }

    void run(Stage stage, CellContext cell) {
        List<Step> steps = stages.getOrDefault(stage, List.of());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            where = step.where();
            long began = stopwatchNanos.getAsLong();
            step.system().system().run(cell);
            long took = stopwatchNanos.getAsLong() - began;
            step.nanos().record(took);
            opportunisticNanos += step.system().isOpportunistic() ? took : 0;
        }
        where = "the end of stage " + stage;
    }

    /** Spent since this was last asked on systems that run only while there is time. */
    long takeOpportunisticNanos() {
        long taken = opportunisticNanos;
        opportunisticNanos = 0;
        return taken;
    }

    /** Names the step that runs now, for the case that it throws. */
    void at(String step) {
        where = step;
    }

    String where() {
        return where;
    }
}
