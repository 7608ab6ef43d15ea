package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    @Test
    void tellsWhatEachFurtherEntityCostsFromWhatIsThereAnyway() {
        ScaleTrial.Used fewer = new ScaleTrial.Used(4_000, 0.3, 0, 0, 0);
        ScaleTrial.Used all = new ScaleTrial.Used(20_000, 0.7, 0, 0, 0);
        assertThat(all.microsPerFurtherEntity(fewer)).isCloseTo(25, within(1e-9));
        assertThat(all.coresWithoutEntities(fewer)).isCloseTo(0.2, within(1e-9));
    }
}
