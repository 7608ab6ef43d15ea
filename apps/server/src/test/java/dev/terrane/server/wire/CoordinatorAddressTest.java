package dev.terrane.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatorAddressTest {
    @Test
    void readsWhatTheConfigSays() {
        assertThat(CoordinatorAddress.parse(List.of("c1=10.0.0.1:7001:7101", " c2=host.b:1:2", "")))
                .containsExactly(
                        new CoordinatorAddress(new NodeId("c1"), "10.0.0.1", 7001, 7101),
                        new CoordinatorAddress(new NodeId("c2"), "host.b", 1, 2));
    }

    @Test
    void refusesOtherFormsAndNamesThem() {
        for (String wrong : List.of("c1", "c1=host:1", "c1=host:0:2", "c1=host:1:70000", "=host:1:2", "C=host:1:2")) {
            assertThatThrownBy(() -> CoordinatorAddress.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> CoordinatorAddress.parse(List.of("a=h:1:2", "a=g:1:2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same name");
    }
}
