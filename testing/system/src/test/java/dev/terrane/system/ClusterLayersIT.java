package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Input;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd that is too much for one process: its region splits over two, and they are given more than they can do. */
class ClusterLayersIT {
    private static final List<String> SIMS = List.of("s1", "s2");
    /** Per hundred entities: half of them have to be ticked in a tenth of a second. */
    private static final float FAR_TOO_MUCH_MILLIS = 600;

    @TempDir
    Path folder;

    @Test
    void aCrowdSplitsOverTwoSimsAndTimeSlowsDownAtBoth() throws IOException {
        ClusterProcess cluster = start();
        try (cluster;
                HttpClient http = HttpClient.newHttpClient();
                Player pilot = Player.join(
                        ClientOptions.guest(cluster.socket("g1"), "Pilot", http).withToken(cluster.guestToken("g1")))) {
            try {
                plays(cluster, pilot);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + cluster.output(), e);
            }
        }
        // Taken down, each node was asked to end, and said so to the others: nobody was killed.
        assertThat(cluster.log("c1")).contains("node g1 stops", "node s1 stops", "node s2 stops");
        assertThat(cluster.log("g1")).doesNotContain(" ERROR ");
    }

    private static void plays(ClusterProcess cluster, Player pilot) {
        pilot.until("two layers", () -> layers(cluster).size() == 2);
        pilot.until(
                "the split is over",
                () -> sum(cluster, "cell_layer_handoffs_out_total") >= Toil.ENTITIES / 4
                        && sum(cluster, "cell_layer_moving") == 0);
        pilot.until("everybody is in view", () -> pilot.inView.size() >= Toil.ENTITIES);
        pilot.until("whole copies", cluster::allCopied);
        Map<Integer, String> at = layers(cluster);
        if (new TreeSet<>(at.values()).size() == 1) { // a sim was lost meanwhile: the machine is busy
            cluster.move("toil/0,0#1", at.containsValue("s1") ? "s2" : "s1");
        }
        pilot.until("two sims", () -> new TreeSet<>(layers(cluster).values()).size() == 2);

        pilot.wish(new Input(0, 0, FAR_TOO_MUCH_MILLIS, 0, 0));
        pilot.until("slower time at both", () -> SIMS.stream().allMatch(sim -> dilation(cluster, sim) <= 75));
        pilot.until("the client knows", () -> pilot.pace().slow());
        pilot.wish(Input.NONE);
        pilot.until("time as ever at both", () -> SIMS.stream().allMatch(sim -> dilation(cluster, sim) == 100));
        pilot.until("the client knows", () -> !pilot.pace().slow());

        pilot.until("everybody is in view", () -> pilot.inView.size() >= Toil.ENTITIES);
        assertThat(pilot.losses).as("connections lost").isZero();
        assertThat(pilot.errors).isEmpty();
    }

    private static double dilation(ClusterProcess cluster, String sim) {
        return cluster.metric(sim, "world_dilation_percent");
    }

    private static Map<Integer, String> layers(ClusterProcess cluster) {
        return cluster.layers("g1", "toil", "0,0");
    }

    private static double sum(ClusterProcess cluster, String metric) {
        return SIMS.stream().mapToDouble(sim -> cluster.metric(sim, metric)).sum();
    }

    /** A busy machine should not seem dead: then both layers would be at the same sim. */
    private ClusterProcess start() throws IOException {
        Path config = Files.writeString(folder.resolve("layers.yaml"), """
                world: { name: toil, game: toil, partition: "single;width=1024;depth=1024", linger: 600 }
                simulation: { simulationHz: 10, networkSnapshotHz: 10 }
                workers: { worldWorkers: 1 }
                degradation: { calmMs: 500 }
                checkpoint: { interval: 1 }
                cluster: { silence: 2000 }
                aoi: { radius: 400 }
                worldLimits:
                  softMaxEntities: 60
                  splitTrigger: { consecutiveTicks: 1 }
                modules:
                  - name: toil
                    entry: dev.terrane.system.Toil
                """);
        return ClusterProcess.start(
                folder.resolve("cluster"),
                "--coordinators",
                "1",
                "--sims",
                "2",
                "--services",
                "0",
                "--gateways",
                "1",
                "--config",
                config.toString());
    }
}
