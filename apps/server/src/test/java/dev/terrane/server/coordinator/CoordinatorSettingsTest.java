package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.raft.RaftTimings;
import org.junit.jupiter.api.Test;

class CoordinatorSettingsTest {
    @Test
    void proposesNothingAgainBeforeTheLogHasAnswered() {
        assertThat(CoordinatorSettings.timing(250).answerNanos())
                .isGreaterThan(RaftTimings.usual().answerWithin().toNanos());
    }
}
