package dev.terrane.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.door.LinkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCertificatesTest {
    private static final NodeId NODE = new NodeId("n1");

    @TempDir
    Path folder;

    @Test
    void areMadeOnceWhereNothingIsAndUsedAgain() throws IOException {
        Path certificates = folder.resolve("data/certificates");
        LinkFiles made = NodeCertificates.of(certificates, true, "test", NODE, Clock.system());
        String first = Files.readString(made.certificate());
        assertThat(NodeCertificates.of(certificates, true, "test", NODE, Clock.system()))
                .isEqualTo(made);
        assertThat(Files.readString(made.certificate())).isEqualTo(first);
    }

    @Test
    void areNotMadeInAFolderThatSomebodyHasNamed() {
        assertThatThrownBy(() -> NodeCertificates.of(folder.resolve("mine"), false, "test", NODE, Clock.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("authority.pem is missing");
    }

    @Test
    void areNotMadeWithoutTheKeyOfTheAuthority() throws IOException {
        NodeCertificates.of(folder.resolve("c"), true, "test", NODE, Clock.system());
        Files.delete(folder.resolve("c/authority-key.pem"));
        assertThat(NodeCertificates.of(folder.resolve("c"), true, "test", NODE, Clock.system())
                        .certificate())
                .exists();
        assertThatThrownBy(
                        () -> NodeCertificates.of(folder.resolve("c"), true, "test", new NodeId("n2"), Clock.system()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node-n2.pem is missing");
    }
}
