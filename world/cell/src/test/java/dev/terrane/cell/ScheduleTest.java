package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.Stage;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private long nanos;

    @Test
    void tellsApartWhatRunsOnlyWhileThereIsTime() {
        Rules rules = Rules.none();
        rules.addSystem(Stage.SIMULATE, new Rules.NamedSystem("needed", lasting(100)));
        rules.addSystem(Stage.SIMULATE, new Rules.NamedSystem("optional", lasting(30), true));
        rules.addSystem(Stage.REPLICATE, new Rules.NamedSystem("optional", lasting(5), true));
        Schedule schedule = new Schedule(rules, Meters.none(), () -> nanos, "w");
        run(schedule, Stage.SIMULATE);
        run(schedule, Stage.REPLICATE);
        assertThat(schedule.takeOpportunisticNanos()).isEqualTo(35);
        assertThat(schedule.takeOpportunisticNanos()).as("taken").isZero();
    }

    @SuppressWarnings("NullAway") // systems of this test do not look at the cell
    private static void run(Schedule schedule, Stage stage) {
        schedule.run(stage, null);
    }

    private CellSystem lasting(long duration) {
        return _ -> nanos += duration;
    }
}
