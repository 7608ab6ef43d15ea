package dev.terrane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.http.DevelopmentSettings;
import dev.terrane.server.config.ConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void leavesOneProcessorToGatewaysButTwoWorkersToSplitACrowdOver() {
        assertThat(Settings.workersOf(1)).isEqualTo(1);
        assertThat(Settings.workersOf(2)).isEqualTo(2);
        assertThat(Settings.workersOf(3)).isEqualTo(2);
        assertThat(Settings.workersOf(4)).isEqualTo(3);
        assertThat(Settings.workersOf(16)).isEqualTo(15);
    }

    @Test
    void letsClientsMakeTheirNetworksWorseInDevelopmentOnly() {
        assertThat(doorOf("dev").linkByUrl()).isTrue();
        assertThat(doorOf("prod").linkByUrl()).isFalse();
        assertThat(doorOf("staging").linkByUrl()).isFalse();
    }

    private static DevelopmentSettings doorOf(String environment) {
        return Settings.door(ConfigLoader.load(null, Map.of(), Map.of("server.env", environment))
                        .config())
                .development();
    }
}
