package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd that is too much for one process: its region splits over two, and one of them dies. */
class ClusterLayersIT {
    @TempDir
    Path folder;

    @Test
    void aCrowdSplitsOverTwoSimsAndBothLayersOutliveOneOfThem() throws IOException {
        try (ClusterProcess cluster = start();
                HttpClient http = HttpClient.newHttpClient();
                Player pilot = Player.join(
                        ClientOptions.guest(cluster.socket("g1"), "Pilot", http).withToken(cluster.guestToken("g1")))) {
            try {
                plays(cluster, pilot);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + cluster.output(), e);
            }
        }
    }

    private static void plays(ClusterProcess cluster, Player pilot) {
        pilot.until("two layers", () -> layers(cluster).size() == 2);
        pilot.until(
                "the split is over",
                () -> sum(cluster, "cell_layer_handoffs_out_total") >= Toil.ENTITIES / 4
                        && sum(cluster, "cell_layer_moving") == 0);
        assertThat(new TreeSet<>(layers(cluster).values()))
                .as("sims that have them")
                .hasSize(2);
        pilot.until("everybody is in view", () -> pilot.inView.size() >= Toil.ENTITIES - 1);
        pilot.until("whole copies", cluster::allCopied);
        String dying = layers(cluster).get(1);
        cluster.signal(dying, "KILL");
        pilot.until(
                "the other has both",
                () -> !layers(cluster).containsValue(dying) && layers(cluster).size() == 2);
        int before = pilot.snapshots;
        pilot.until("plays on", () -> pilot.snapshots > before + 40);
        pilot.until("everybody is in view", () -> pilot.inView.size() >= Toil.ENTITIES - 1);
        assertThat(pilot.losses).as("connections lost").isZero();
        assertThat(pilot.errors).isEmpty();
    }

    private static Map<Integer, String> layers(ClusterProcess cluster) {
        return cluster.layers("g1", "toil", "0,0");
    }

    private static double sum(ClusterProcess cluster, String metric) {
        return cluster.metric("s1", metric) + cluster.metric("s2", metric);
    }

    /** A busy machine must not seem dead: then both layers would be at the same sim. */
    private ClusterProcess start() throws IOException {
        Path config = Files.writeString(folder.resolve("layers.yaml"), """
                world: { name: toil, game: toil, partition: "single;width=1024;depth=1024", linger: 600 }
                workers: { worldWorkers: 1 }
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
