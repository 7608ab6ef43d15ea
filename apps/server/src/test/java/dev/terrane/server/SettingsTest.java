package dev.terrane.server;

import static org.assertj.core.api.Assertions.assertThat;

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
}
