package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.server.config.ConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleTrialTest {
    @Test
    void asksForCopiesInWordsThatNodesUnderstand() {
        ClusterSize wanted = new ClusterSize(3, 1, 20, 10, 0, "512m", Map.of("cluster.silence", "300"));
        for (boolean copies : new boolean[] {false, true}) {
            ClusterSize found = ScaleTrial.cluster(wanted, 2, copies);
            assertThat(found.sims()).isEqualTo(2);
            assertThat(ConfigLoader.load(null, Map.of(), found.set())
                            .config()
                            .cluster()
                            .standbys())
                    .isEqualTo(copies);
        }
    }
}
