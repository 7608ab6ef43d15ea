package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessFactsTest {
    private final ProcessFacts self = ProcessFacts.of(ProcessHandle.current());

    private ProcessFacts startedLater(long millis) {
        return new ProcessFacts(self.pid(), self.startedAtMillis() + millis);
    }

    @Test
    void knowsAProcessAgainWhoseStartIsToldASecondOff() {
        assertThat(self.state()).isEqualTo(ProcessFacts.State.RUNNING);
        assertThat(startedLater(1_000).state()).isEqualTo(ProcessFacts.State.RUNNING);
        assertThat(startedLater(-1_010).state()).isEqualTo(ProcessFacts.State.RUNNING);
    }

    @Test
    void takesNoLaterProcessOfTheSameNumberForIt() {
        assertThat(startedLater(-60_000).state()).isEqualTo(ProcessFacts.State.GONE);
        assertThat(startedLater(-60_000).signal("CONT")).isFalse();
    }

    @Test
    void goesByTheNumberWhereNobodySaysWhenItStarted() {
        assertThat(new ProcessFacts(self.pid(), 0).state()).isEqualTo(ProcessFacts.State.RUNNING);
        assertThat(ProcessFacts.NONE.state()).isEqualTo(ProcessFacts.State.GONE);
    }
}
