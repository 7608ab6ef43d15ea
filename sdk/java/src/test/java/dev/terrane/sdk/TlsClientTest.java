package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsClientTest extends TerraneClientContract {
    @TempDir
    static Path folder;

    private static TestCertificate own;
    private static TestCertificate elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        own = TestCertificate.make(folder, "own", "IP:127.0.0.1");
        elsewhere = TestCertificate.make(folder, "elsewhere", "DNS:play.example.org");
    }

    @Override
    TinyServer open() throws IOException {
        return TinyServer.overTls(own.server());
    }

    @Override
    ClientOptions guest(TinyServer to, String name) {
        return ClientOptions.guest(to.url(), name).withGuestsFrom(to.http()).withTls(trusting(own));
    }

    private static SSLContext trusting(TestCertificate certificate) {
        try {
            return Trust.in(certificate.pem());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void believesNobodyWhomThePlatformDoesNotKnow() throws Exception {
        RecordingListener heard = new RecordingListener();
        try (TinyServer server = open();
                TerraneClient client = TerraneClient.connect(
                        ClientOptions.guest(server.url(), "Ada")
                                .withToken("a.b.c")
                                .withReconnect(AT_ONCE),
                        heard)) {
            heard.await("closed NONE");
            assertThat(client.state()).isEqualTo(ClientState.CLOSED);
            assertThat(heard.lastReason).contains("certification path");
        }
    }

    @Test
    void believesNobodyWhoseCertificateIsForAnotherName() throws Exception {
        RecordingListener heard = new RecordingListener();
        try (TinyServer server = TinyServer.overTls(elsewhere.server());
                TerraneClient client = TerraneClient.connect(
                        ClientOptions.guest(server.url(), "Ada")
                                .withToken("a.b.c")
                                .withTls(trusting(elsewhere))
                                .withReconnect(AT_ONCE),
                        heard)) {
            heard.await("closed NONE");
            assertThat(client.state()).isEqualTo(ClientState.CLOSED);
            assertThat(heard.lastReason).contains("127.0.0.1");
        }
    }

    @Test
    void namesTheFileThatHoldsNoCertificates() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThatThrownBy(() -> Trust.in(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
        Path wrong = Files.writeString(
                folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        assertThatThrownBy(() -> Trust.in(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong.pem");
    }
}
