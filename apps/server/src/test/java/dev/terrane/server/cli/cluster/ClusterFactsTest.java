package dev.terrane.server.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.coordinator.NodeInfo.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFactsTest {
    @TempDir
    Path folder;

    @Test
    void areFoundAsTheyWereWrittenByTheirUserAlone() throws IOException {
        ClusterFacts facts = facts(ProcessFacts.of(ProcessHandle.current()));

        facts.write(folder);

        assertThat(ClusterFacts.find(folder)).contains(facts);
        assertThat(ClusterFacts.running(folder)).isEqualTo(facts);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ClusterFacts.in(folder))))
                .isEqualTo("rw-------");
    }

    @Test
    void doNotTakeALaterProcessOfTheSameNumberForTheCluster() throws IOException {
        ProcessFacts self = ProcessFacts.of(ProcessHandle.current());
        facts(new ProcessFacts(self.pid(), self.startedAtMillis() - 1_000)).write(folder);

        assertThatThrownBy(() -> ClusterFacts.running(folder))
                .isInstanceOf(ClusterUnusableException.class)
                .hasMessageContaining("does not run");
    }

    @Test
    void nameTheNodesThatThereAreWhenOneIsNot() {
        assertThatThrownBy(() -> facts(ProcessFacts.NONE).node("s9"))
                .isInstanceOf(ClusterUnusableException.class)
                .hasMessageContaining("c1, s1");
    }

    @Test
    void refuseAFileThatIsNone() throws IOException {
        Files.writeString(ClusterFacts.in(folder), "{\"pid\":");

        assertThatThrownBy(() -> ClusterFacts.find(folder)).isInstanceOf(ClusterUnusableException.class);
    }

    private ClusterFacts facts(ProcessFacts supervisor) {
        return new ClusterFacts(
                supervisor,
                new ClusterFacts.Door(4000, "secret"),
                "jdbc:postgresql://127.0.0.1:5432/postgres",
                "",
                List.of(
                        new NodeFacts(
                                "c1",
                                Role.COORDINATOR,
                                new NodeFacts.Ports(1, 2, 3),
                                new NodeFacts.Place("198.19.3.1", ""),
                                folder.resolve("c1.log"),
                                new ProcessFacts(17, 18)),
                        new NodeFacts(
                                "s1",
                                Role.SIM,
                                new NodeFacts.Ports(4, 5, 0),
                                new NodeFacts.Place("198.19.3.11", "terrane3-s1"),
                                folder.resolve("s1.log"),
                                ProcessFacts.NONE)));
    }
}
