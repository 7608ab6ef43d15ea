package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region that is over its limit at rest, so that it has two layers for as long as it lives. */
class LayersIT {
    private static final Pattern WORKER = Pattern.compile("\"worker\":\"([^\"]+)\"");
    private static final String ALIVE = "cell_entities";

    @TempDir
    Path folder;

    @Test
    void splitsACrowdOverTwoThreadsAndBringsBothLayersBackAfterAKill() throws IOException {
        long ship;
        try (ServerProcess server = start();
                Player pilot = Player.join(server, "Pilot")) {
            pilot.until("two layers", () -> server.metric("region_layers") == 2);
            pilot.until(
                    "the split is over",
                    () -> server.metric("cell_layer_handoffs_out_total") >= Toil.ENTITIES / 4
                            && server.metric("cell_layer_moving") == 0);
            assertThat(workers(server)).as("threads that tick the two layers").hasSize(2);
            double stored = server.metric("checkpoints_stored_total");
            pilot.until("both layers stored", () -> server.metric("checkpoints_stored_total") > stored + 4);
            assertThat(server.metric(ALIVE)).isEqualTo(Toil.ENTITIES);
            assertThat(pilot.losses).as("connections lost").isZero();
            ship = pilot.avatar;
            server.kill();
        }

        try (ServerProcess server = start();
                Player eye = Player.join(server, "Eye")) {
            eye.until("two layers", () -> server.metric("region_layers") == 2);
            assertThat(server.get("/api/v1/worlds/toil/cells")).contains("\"layer\":0", "\"layer\":1");
            eye.until("everybody and the newcomer", () -> server.metric(ALIVE) == Toil.ENTITIES + 1);
            eye.until("both avatars", () -> server.metric("cell_avatars") == 2);
            eye.until("the ship of before is in view", () -> eye.inView.containsKey(ship));
        }
    }

    private static Set<String> workers(ServerProcess server) {
        Set<String> workers = new TreeSet<>();
        Matcher each = WORKER.matcher(server.get("/api/v1/worlds/toil/cells"));
        while (each.find()) {
            workers.add(each.group(1));
        }
        return workers;
    }

    private ServerProcess start() throws IOException {
        Path config = Files.writeString(folder.resolve("layers.yaml"), """
                world: { name: toil, game: toil, partition: "single;width=1024;depth=1024", linger: 600 }
                workers: { worldWorkers: 2 }
                checkpoint: { interval: 1 }
                worldLimits:
                  softMaxEntities: 60
                  splitTrigger: { consecutiveTicks: 1 }
                modules:
                  - name: toil
                    entry: dev.terrane.system.Toil
                """);
        return ServerProcess.start(folder.resolve("data"), "--config", config.toString());
    }
}
