package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.ConnectionLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    private static final long NEVER_MILLIS = 3_600_000;

    @TempDir
    static Path store;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = TestCertificate.make(store, "first");
        second = TestCertificate.make(store, "second");
    }

    @Test
    void encryptsPageSocketsAndRestAndTakesNewCertificateWithoutRestart() throws Exception {
        first.write(certificateFile(), keyFile());
        try (TestDoor door = TestDoor.open(settings(), 2, new ConnectionLimits(10, 10))) {
            assertThat(servedBy(door, first)).isEqualTo(first.certificate());
            assertThat(door.http.reloadTls()).as("nothing changed").isFalse();
            TestSocket old = secureSocket(door, first);

            second.write(certificateFile(), keyFile());
            assertThat(door.http.reloadTls()).isTrue();
            for (int connection = 0; connection < 4; connection++) {
                assertThat(servedBy(door, second)).isEqualTo(second.certificate());
            }
            TestSocket young = secureSocket(door, second);
            for (TestSocket socket : new TestSocket[] {old, young}) {
                byte[] message = "what is sent comes back; ".repeat(500).getBytes(StandardCharsets.US_ASCII);
                socket.send(message);
                assertThat(socket.next()).isEqualTo(message);
            }
        }
    }

    @Test
    void keepsTheOldCertificateWhenTheNewFilesAreBad() throws Exception {
        first.write(certificateFile(), keyFile());
        try (TestDoor door = TestDoor.open(settings(), 2, new ConnectionLimits(10, 10))) {
            Files.writeString(certificateFile(), second.certificatePem());
            assertThat(door.http.reloadTls()).as("key of another certificate").isFalse();
            Files.writeString(certificateFile(), "not a certificate");
            assertThat(door.http.reloadTls()).as("no PEM").isFalse();
            Files.delete(keyFile());
            assertThat(door.http.reloadTls()).as("no file").isFalse();
            assertThat(servedBy(door, first)).isEqualTo(first.certificate());

            second.write(certificateFile(), keyFile());
            assertThat(door.http.reloadTls()).as("good again").isTrue();
            assertThat(servedBy(door, second)).isEqualTo(second.certificate());
        }
    }

    @Test
    void doesNotStartWithBadFiles() throws Exception {
        assertThatThrownBy(() -> TestDoor.open(settings())).hasMessageContaining("certificate.pem");
        first.write(certificateFile(), keyFile());
        Files.writeString(keyFile(), second.keyPem());
        assertThatThrownBy(() -> TestDoor.open(settings()))
                .hasMessageContaining("the key does not belong to the certificate of CN=first");
    }

    private Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    private Path keyFile() {
        return folder.resolve("key.pem");
    }

    private HttpServerSettings settings() {
        HttpServerSettings base = TestDoor.settings();
        return new HttpServerSettings(
                base.listen(),
                base.sockets(),
                base.rest(),
                base.trust(),
                base.sites(),
                new TlsSettings(certificateFile(), keyFile(), NEVER_MILLIS));
    }

    /** The certificate of a new connection, whose client trusts only {@code trusted}. */
    private static Certificate servedBy(TestDoor door, TestCertificate trusted) throws Exception {
        try (HttpClient client = clientTrusting(trusted)) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + door.http.port() + "/healthz"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.sslSession().orElseThrow().getPeerCertificates()[0];
        }
    }

    private static TestSocket secureSocket(TestDoor door, TestCertificate trusted) throws Exception {
        TestSocket socket = new TestSocket();
        URI uri = URI.create("wss://127.0.0.1:" + door.http.port() + "/ws?token=" + door.token());
        return socket.with(clientTrusting(trusted)
                .newWebSocketBuilder()
                .buildAsync(uri, socket)
                .join());
    }

    private static HttpClient clientTrusting(TestCertificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("t", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
