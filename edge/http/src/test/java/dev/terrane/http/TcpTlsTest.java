package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.protocol.client.ErrorCode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TCP with TLS, and those who do not speak it. */
class TcpTlsTest {
    private static final long NEVER_MILLIS = 3_600_000;

    @TempDir
    static Path folder;

    private static TestCertificate first;
    private static TestCertificate second;

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = TestCertificate.make(folder, "first");
        second = TestCertificate.make(folder, "second");
    }

    private static TestDoor open(ConnectionLimits limits) throws IOException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        first.write(certificate, key);
        TcpSettings tcp = new TcpSettings(0, new TlsSettings(certificate, key, NEVER_MILLIS));
        return TestDoor.open(TestDoor.settings().withTcp(tcp), 1, limits);
    }

    private static TestDoor open() throws IOException {
        return open(new ConnectionLimits(10, 10));
    }

    @Test
    void carriesMessagesBothWaysAndTakesNewCertificateWithoutRestart() throws Exception {
        try (TestDoor door = open();
                TestTcp old = TestTcp.connect(door, first)) {
            echoes(old);
            second.write(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
            assertThat(door.http.reloadTls()).isTrue();
            try (TestTcp young = TestTcp.connect(door, second)) {
                echoes(young);
            }
            echoes(old);
            assertThatThrownBy(() -> echoes(TestTcp.connect(door, first))).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void speaksBothVersionsOfTlsThatAreSafeAndNoOlder() throws Exception {
        try (TestDoor door = open()) {
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (TestTcp client = TestTcp.connect(door, first)) {
                    SSLSocket socket = (SSLSocket) client.socket;
                    socket.setEnabledProtocols(new String[] {version});
                    echoes(client);
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                    client.sendRaw(new byte[4]);
                    assertThat(client.lastError()).isEqualTo(ErrorCode.MALFORMED);
                }
            }
        }
    }

    private static void echoes(TestTcp client) throws IOException {
        byte[] message = "what is sent comes back; ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        client.send(new byte[] {1});
        client.send(message);
        assertThat(client.next()).containsExactly(1);
        assertThat(client.next()).isEqualTo(message);
    }

    @Test
    void tellsWhoSpeaksNoTlsSoThatHeCanReadIt() throws Exception {
        try (TestDoor door = open()) {
            for (byte[] plain : new byte[][] {
                TestTcp.framed(new byte[] {1, 2, 3, 4}), "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)
            }) {
                try (TestTcp client = TestTcp.connect(door)) {
                    client.sendRaw(plain);
                    client.sendRaw(new byte[100_000]);
                    assertThat(client.lastError()).isEqualTo(ErrorCode.MALFORMED);
                }
            }
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    @Test
    void closesWhoSpeaksBrokenTls() throws Exception {
        byte[] record = new byte[200];
        record[0] = 22; // a handshake
        record[1] = 3;
        record[2] = 1;
        record[4] = (byte) (record.length - 5);
        try (TestDoor door = open(new ConnectionLimits(1, 1))) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = new Socket("127.0.0.1", door.http.tcpPort())) {
                    socket.setSoTimeout(60_000);
                    socket.getOutputStream().write(record);
                    endsAfterAnAlert(socket);
                }
            }
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    private static void endsAfterAnAlert(Socket socket) {
        try {
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(20);
        } catch (IOException reset) {
            assertThat(reset).isInstanceOf(java.net.SocketException.class);
        }
    }

    /** They hold a place for as long as TLS may take, and are cut then. */
    @Test
    void countsAndCutsWhoNeverFinishesItsTls() throws Exception {
        try (TestDoor door = open(new ConnectionLimits(1, 1));
                Socket silent = new Socket("127.0.0.1", door.http.tcpPort())) {
            silent.setSoTimeout(60_000);
            silent.getOutputStream().write(new byte[] {22, 3, 1});
            try (TestTcp next = TestTcp.connect(door, first)) {
                assertThat(next.lastError()).isEqualTo(ErrorCode.SERVER_FULL);
            }
            endsAfterAnAlert(silent);
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    @Test
    void doesNotStartWithBadFiles() {
        TlsSettings missing = new TlsSettings(folder.resolve("none.pem"), folder.resolve("none.key"), NEVER_MILLIS);
        assertThatThrownBy(() -> TestDoor.open(TestDoor.settings().withTcp(new TcpSettings(0, missing))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void endsTheSessionOfWhoGoes() throws Exception {
        try (TestDoor door = open()) {
            try (TestTcp client = TestTcp.connect(door, first)) {
                echoes(client);
            }
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
