package dev.terrane.link.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCertificatesTest {
    private static final NodeId NODE = new NodeId("sim-1.east");

    @TempDir
    Path folder;

    @Test
    void makesCertificatesThatNameTheirNode() throws Exception {
        LinkFiles files = ClusterCertificates.in(folder, "test", Clock.system()).of(NODE);
        X509Certificate certificate = read(files.certificate());
        certificate.verify(read(files.authority()).getPublicKey());
        assertThat(NodeNames.of(certificate)).isEqualTo(NODE);
        assertThat(NodeNames.of(read(files.authority()))).isNull();
        assertThat(certificate.getBasicConstraints()).as("may sign nothing").isEqualTo(-1);
    }

    @Test
    void letsNobodyElseReadThem() throws IOException {
        Path inner = folder.resolve("certificates");
        ClusterCertificates.in(inner, "test", Clock.system()).of(NODE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(inner)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(4);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void usesWhatIsThere() throws IOException {
        LinkFiles files = ClusterCertificates.in(folder, "test", Clock.system()).of(NODE);
        byte[] before = Files.readAllBytes(files.certificate());
        LinkFiles again = ClusterCertificates.in(folder, "test", Clock.system()).of(NODE);
        assertThat(again).isEqualTo(files);
        assertThat(Files.readAllBytes(again.certificate())).isEqualTo(before);
    }

    @Test
    void renewsWhatAnotherAuthorityHasSigned() throws Exception {
        LinkFiles files = ClusterCertificates.in(folder, "test", Clock.system()).of(NODE);
        byte[] before = Files.readAllBytes(files.certificate());
        Files.delete(files.authority());
        LinkFiles renewed =
                ClusterCertificates.in(folder, "test", Clock.system()).of(NODE);
        assertThat(Files.readAllBytes(renewed.certificate())).isNotEqualTo(before);
        read(renewed.certificate()).verify(read(renewed.authority()).getPublicKey());
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
