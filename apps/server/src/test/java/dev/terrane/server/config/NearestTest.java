package dev.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void countsInsertionsDeletionsAndReplacements() {
        assertThat(Nearest.distance("", "")).isZero();
        assertThat(Nearest.distance("port", "")).isEqualTo(4);
        assertThat(Nearest.distance("", "port")).isEqualTo(4);
        assertThat(Nearest.distance("prot", "port")).isEqualTo(2);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void findsWhatWasMeant() {
        assertThat(Nearest.of("server.prot", List.of("server.host", "server.port", "world.name")))
                .isEqualTo("server.port");
        assertThat(Nearest.of("anything", List.of())).isEqualTo("unknown");
    }
}
