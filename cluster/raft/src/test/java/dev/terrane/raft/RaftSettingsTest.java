package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftSettingsTest {
    private static final CoordinatorPeer C1 = new CoordinatorPeer("c1", "127.0.0.1", 7_001);
    private static final CoordinatorPeer C2 = new CoordinatorPeer("c2", "127.0.0.1", 7_002);

    private static RaftSettings settings(String self, int snapshotEvery, CoordinatorPeer... peers) {
        return new RaftSettings(self, List.of(peers), Path.of("x"), snapshotEvery, RaftTimings.usual());
    }

    @Test
    void knowsItselfAmongItsPeers() {
        assertThat(settings("c2", 1, C1, C2).own()).isEqualTo(C2);
        assertThatThrownBy(() -> settings("c3", 1, C1, C2)).hasMessageContaining("c3 is not among its peers");
    }

    @Test
    void refusesNamesAndAddressesThatAreUsedTwice() {
        CoordinatorPeer sameAddress = new CoordinatorPeer("c3", "127.0.0.1", 7_001);
        CoordinatorPeer sameName = new CoordinatorPeer("c1", "127.0.0.1", 7_003);
        assertThatThrownBy(() -> settings("c1", 1, C1, sameAddress)).hasMessageContaining("addresses of their own");
        assertThatThrownBy(() -> settings("c1", 1, C1, sameName)).hasMessageContaining("names and addresses");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> settings("c1", 0, C1)).hasMessageContaining("every 0 entries");
        assertThatThrownBy(() -> new CoordinatorPeer("c/1", "h", 1)).hasMessageContaining("c/1");
        assertThatThrownBy(() -> new CoordinatorPeer("c1", " ", 1)).hasMessageContaining("host");
        assertThatThrownBy(() -> new CoordinatorPeer("c1", "h", 65_536)).hasMessageContaining("65536");
        Duration second = Duration.ofSeconds(1);
        Duration tenth = Duration.ofMillis(100);
        assertThatThrownBy(() -> new RaftTimings(tenth, tenth, second)).hasMessageContaining("PT0.1S");
        assertThatThrownBy(() -> new RaftTimings(tenth.minusMillis(1), second, second))
                .hasMessageContaining("PT0.099S");
        assertThatThrownBy(() -> new RaftTimings(tenth, second, tenth)).hasMessageContaining("answers need");
    }
}
