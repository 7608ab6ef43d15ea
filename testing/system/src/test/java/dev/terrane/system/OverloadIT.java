package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world that gets more to do than it can: each step that it takes is seen in the metrics, by REST and by a client, in the stated order; and back. */
class OverloadIT {
    /** Of a tick's 100 ms: too busy, but in time. Split in two, each half has time to spare. */
    private static final float BUSY_MILLIS = 60;

    /** Three times what two workers can do. */
    private static final float FAR_TOO_MUCH_MILLIS = 600;

    @TempDir
    Path folder;

    @Test
    void stepsDownInTheStatedOrderTellsClientsAndRecovers() throws IOException {
        try (ServerProcess server = start();
                Player pilot = Player.join(server, "Pilot")) {
            pilot.until("optional work", () -> server.metric("plugin_optional_total") > 0);
            assertThat(pilot.paces).containsExactly(new Player.Pace(0, false));
            assertThat(server.get("/api/v1/worlds")).contains("\"degradation\":\"normal\"", "\"dilation\":1.0");

            pilot.wish(toil(BUSY_MILLIS));
            pilot.until("no optional work", () -> server.metric("world_shed_level") == 1);
            pilot.until("far rings slower", () -> server.metric("world_shed_level") == 2);
            pilot.until("splits", () -> server.metric("world_shed_level") == 3);
            assertThat(server.get("/api/v1/worlds")).contains("\"degradation\":\"split\"");
            double optional = server.metric("plugin_optional_total");
            pilot.until("two layers", () -> server.metric("region_layers") == 2);
            assertThat(server.metric("world_splits_total")).isEqualTo(1);
            assertThat(server.metric("plugin_optional_total"))
                    .as("optional work is left out")
                    .isEqualTo(optional);
            pilot.until("room again", () -> server.metric("world_shed_level") == 0);
            pilot.until("the client knows", () -> pilot.pace().equals(new Player.Pace(0, false)));
            assertThat(pilot.paces.subList(0, 4))
                    .as("told in this order")
                    .containsExactly(
                            new Player.Pace(0, false),
                            new Player.Pace(1, false),
                            new Player.Pace(2, false),
                            new Player.Pace(3, false));

            pilot.wish(toil(FAR_TOO_MUCH_MILLIS));
            pilot.until("slower time", () -> server.metric("world_dilation_percent") <= 50);
            pilot.until("the client knows", () -> pilot.pace().equals(new Player.Pace(3, true)));
            pilot.until("crowded, and nothing left to split", () -> server.metric("cell_crowded") >= 1);
            assertThat(server.metric("world_dilation_percent")).isGreaterThanOrEqualTo(10);
            assertThat(server.get("/api/v1/worlds")).contains("\"degradation\":\"dilation\"");
            assertThat(server.get("/api/v1/worlds/toil/cells")).contains("\"layer\":1");

            pilot.wish(Input.NONE);
            pilot.until("time as ever", () -> server.metric("world_dilation_percent") == 100);
            pilot.until("all as ever", () -> server.metric("world_shed_level") == 0);
            pilot.until("one layer", () -> server.metric("region_layers") == 1);
            pilot.until("nobody is crowded", () -> server.metric("cell_crowded") == 0);
            pilot.until("the client knows", () -> pilot.pace().equals(new Player.Pace(0, false)));
            double before = server.metric("plugin_optional_total");
            pilot.until("optional work again", () -> server.metric("plugin_optional_total") > before);
            assertThat(pilot.losses).as("connections lost").isZero();
            assertThat(pilot.errors).isEmpty();
            assertThat(pilot.acks).isSorted();
        }
    }

    private static Input toil(float millis) {
        return new Input(0, 0, millis, 0, 0);
    }

    private ServerProcess start() throws IOException {
        // Two layers of 30 ms each are more than 25 % of 200 ms: they stay while it is so. Nothing else but load makes
        // them.
        Path config = Files.writeString(folder.resolve("toil.yaml"), """
                world: { name: toil, game: toil, partition: "single;width=1024;depth=1024" }
                simulation: { simulationHz: 10, networkSnapshotHz: 10 }
                workers: { worldWorkers: 2 }
                degradation: { busyPercent: 50, calmPercent: 45, calmMs: 1000 }
                checkpoint: { interval: 1 }
                worldLimits:
                  splitTrigger: { consecutiveTicks: 1, p99TickMs: 200 }
                  mergeTrigger: { consecutiveTicks: 20, percent: 25 }
                  cooldownSec: 1
                modules:
                  - name: toil
                    entry: dev.terrane.system.Toil
                """);
        return ServerProcess.start(folder.resolve("data"), "--config", config.toString());
    }
}
