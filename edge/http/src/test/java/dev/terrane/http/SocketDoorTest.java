package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.protocol.client.ErrorCode;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketDoorTest {
    @Test
    void carriesBinaryMessagesBothWays() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect();
            byte[] large = new byte[10_000];
            Arrays.fill(large, (byte) 7);
            socket.send(new byte[] {1, 2, 3});
            socket.send(large);
            assertThat(socket.next()).containsExactly(1, 2, 3);
            assertThat(socket.next()).isEqualTo(large);
        }
    }

    @Test
    void putsFramesOfOneMessageTogether() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect();
            socket.socket().sendBinary(ByteBuffer.wrap(new byte[] {1}), false).join();
            socket.socket().sendPing(ByteBuffer.wrap(new byte[] {9})).join();
            socket.socket().sendBinary(ByteBuffer.wrap(new byte[] {2}), false).join();
            socket.socket().sendBinary(ByteBuffer.wrap(new byte[] {3}), true).join();
            assertThat(socket.next()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void takesTokenFromHeaderOrQueryAndPassesItsClaimsOn() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            door.connect("/ws", "Authorization", "Bearer " + door.token());
            door.connect("/ws?x=1&token=" + door.token());
            for (int connection = 0; connection < 2; connection++) {
                ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
                assertThat(link).isNotNull();
                assertThat(link.facts().verified().name()).isEqualTo("Ada");
                assertThat(link.facts().ip()).isEqualTo("127.0.0.1");
            }
        }
    }

    @Test
    void tellsWhyTokenIsNotGoodAndClosesWithItsCode() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            for (String query : List.of("", "?token=", "?token=a.b.c", "?token=%zz", "?token=" + door.token() + "x")) {
                TestSocket socket = door.connect("/ws" + (query.contains("%zz") ? "?token=%25zz" : query));
                assertThat(socket.nextError()).as(query).isEqualTo(ErrorCode.UNAUTHORIZED);
                assertThat(socket.closeCode()).isEqualTo(4016);
            }
            TestSocket late = door.connect("/ws?token=" + door.expiredToken());
            assertThat(late.nextError()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
            assertThat(late.closeCode()).isEqualTo(4017);
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    @Test
    void refusesForeignOriginBeforeTheUpgrade() {
        HttpServerSettings listed = withTrust(new TrustSettings(List.of("https://play.example.org"), false, List.of()));
        try (TestDoor door = TestDoor.open(listed)) {
            assertThat(status(door, "/ws?token=" + door.token(), "Origin", "https://evil.example"))
                    .isEqualTo(403);
            assertThat(status(door, "/ws?token=" + door.token(), "Origin", "null"))
                    .isEqualTo(403);
            door.connect("/ws?token=" + door.token(), "Origin", "https://play.example.org");
            door.connect("/ws?token=" + door.token(), "Origin", "http://127.0.0.1:" + door.http.port());
        }
    }

    @Test
    void knowsNoOtherPath() {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            assertThat(status(door, "/other?token=" + door.token())).isEqualTo(404);
        }
    }

    @Test
    void limitsConnectionsOfOneAddressAndGivesPlacesBack() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 1, new ConnectionLimits(10, 1))) {
            TestSocket first = door.connect();
            TestSocket second = door.connect();
            assertThat(second.nextError()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
            assertThat(second.closeCode()).isEqualTo(4022);
            first.socket().sendClose(1000, "").join();
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isNotNull();
            TestSocket third = door.connect();
            third.send(new byte[] {5});
            assertThat(third.next()).containsExactly(5);
        }
    }

    @Test
    void limitsAllConnections() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 1, new ConnectionLimits(1, 1))) {
            door.connect();
            TestSocket second = door.connect();
            assertThat(second.nextError()).isEqualTo(ErrorCode.SERVER_FULL);
            assertThat(second.closeCode()).isEqualTo(4011);
        }
    }

    @Test
    void countsForwardedAddressesOnlyBehindTrustedProxy() throws Exception {
        ConnectionLimits onePerAddress = new ConnectionLimits(10, 1);
        HttpServerSettings behindProxy = withTrust(new TrustSettings(List.of(), true, List.of("127.0.0.1")));
        try (TestDoor door = TestDoor.open(behindProxy, 1, onePerAddress)) {
            door.connect("/ws?token=" + door.token(), "X-Forwarded-For", "6.6.6.6, 203.0.113.1");
            door.connect("/ws?token=" + door.token(), "X-Forwarded-For", "6.6.6.6, 203.0.113.2");
            TestSocket third = door.connect("/ws?token=" + door.token(), "X-Forwarded-For", "7.7.7.7, 203.0.113.2");
            assertThat(third.nextError()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
        }
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 1, new ConnectionLimits(10, 1))) {
            door.connect("/ws?token=" + door.token(), "X-Forwarded-For", "203.0.113.1");
            TestSocket second = door.connect("/ws?token=" + door.token(), "X-Forwarded-For", "203.0.113.2");
            assertThat(second.nextError()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
        }
    }

    @Test
    void answersOverlongFrameByNamedErrorThoughMoreFollows() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket bystander = door.connect();
            for (int bytes : new int[] {16 * 1024 + 1, 70_000, 1_000_000}) {
                TestSocket socket = door.connect();
                socket.send(new byte[] {1});
                assertThat(socket.next()).containsExactly(1);
                socket.socket().sendBinary(ByteBuffer.wrap(new byte[bytes]), true);
                assertThat(socket.nextError()).as("%d bytes", bytes).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
                assertThat(socket.closeCode()).isEqualTo(4005);
            }
            bystander.send(new byte[] {2});
            assertThat(bystander.next()).containsExactly(2);
        }
    }

    @Test
    void answersOverlongMessageInManyFramesByNamedError() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect();
            for (int frame = 0; frame < 3; frame++) {
                socket.socket()
                        .sendBinary(ByteBuffer.wrap(new byte[8_000]), false)
                        .join();
            }
            assertThat(socket.nextError()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
            assertThat(socket.closeCode()).isEqualTo(4005);
        }
    }

    @Test
    void answersTextByNamedError() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect();
            socket.socket().sendText("hello", true).join();
            assertThat(socket.nextError()).isEqualTo(ErrorCode.MALFORMED);
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void callsEachGatewayOnItsOwnLoopOnly() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 3, new ConnectionLimits(100, 100))) {
            List<TestSocket> sockets = new ArrayList<>();
            for (int connection = 0; connection < 9; connection++) {
                sockets.add(door.connect());
            }
            for (TestSocket socket : sockets) {
                socket.send(new byte[] {1});
                assertThat(socket.next()).containsExactly(1);
            }
            Set<Thread> all = new HashSet<>();
            for (ScriptedGateway gateway : door.gateways) {
                assertThat(gateway.opened).as("connections are spread").hasSize(3);
                assertThat(gateway.callers).as("one loop calls it").hasSize(1);
                all.addAll(gateway.callers);
            }
            assertThat(all).as("each has its own loop").hasSize(3);
        }
    }

    private static HttpServerSettings withTrust(TrustSettings trust) {
        HttpServerSettings base = TestDoor.settings();
        return new HttpServerSettings(base.listen(), base.sockets(), base.rest(), trust, base.sites(), null);
    }

    /** HTTP status of a handshake that must fail. */
    private static int status(TestDoor door, String path, String... headers) {
        int[] status = new int[1];
        assertThatThrownBy(() -> door.tryConnect(path, headers).join())
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> status[0] = refused.getResponse().statusCode());
        return status[0];
    }
}
