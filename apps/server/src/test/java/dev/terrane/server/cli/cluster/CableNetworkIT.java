package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.terrane.coordinator.NodeInfo.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real networks of this machine; left out where they may not be made. What a cut does is played by {@code CableIT}. */
class CableNetworkIT {
    private static final Path NAMESPACES = Path.of("/run/netns");

    @BeforeAll
    static void mayMakeNetworks() {
        String obstacle = CableNetwork.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
    }

    @Test
    void givesEverySimANamespaceAndAllOfItIsGoneAfterwards() {
        Path namespace;
        try (CableNetwork network = CableNetwork.open(CableNetwork.ANY)) {
            NodeFacts sim = network.connect(node("s1", Role.SIM));
            NodeFacts gateway = network.connect(node("g1", Role.GATEWAY));

            namespace = NAMESPACES.resolve(sim.place().namespace());
            assertThat(namespace).exists();
            assertThat(CableNetwork.numberOf(sim.place().host()))
                    .isEqualTo(CableNetwork.numberOf(network.host()))
                    .isNotEqualTo(CableNetwork.ANY);
            assertThat(gateway.place()).isEqualTo(new NodeFacts.Place(network.host(), ""));
            assertThat(gateway.cable()).isEmpty();
        }

        assertThat(namespace).doesNotExist();
    }

    @Test
    void sweepsAwayWhatAKilledProcessHasLeft() throws IOException {
        CableNetwork left = CableNetwork.open(CableNetwork.ANY);
        int number = CableNetwork.numberOf(left.host());
        Path namespace =
                NAMESPACES.resolve(left.connect(node("s1", Role.SIM)).place().namespace());
        ProcessFacts self = ProcessFacts.of(ProcessHandle.current());
        Files.writeString(
                Path.of("/sys/class/net", "terrane" + number, "ifalias"),
                "terrane %d %d".formatted(self.pid(), self.startedAtMillis() - 1_000)); // an earlier one of our number

        try (CableNetwork next = CableNetwork.open(number)) {
            assertThat(next.host()).isEqualTo(left.host());
            assertThat(namespace).doesNotExist();
        }
    }

    @Test
    void refusesANumberThatAnotherHas() {
        try (CableNetwork first = CableNetwork.open(CableNetwork.ANY)) {
            int number = CableNetwork.numberOf(first.host());

            assertThatThrownBy(() -> CableNetwork.open(number))
                    .isInstanceOf(ClusterUnusableException.class)
                    .hasMessageContaining("is in use by another cluster");
        }
    }

    private static NodeFacts node(String name, Role role) {
        return new NodeFacts(
                name, role, new NodeFacts.Ports(1, 2, 0), NodeFacts.Place.LOOPBACK, Path.of("log"), ProcessFacts.NONE);
    }
}
