package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.protocol.client.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The way in over plain TCP, before gateways that only echo. */
class TcpDoorTest {
    static HttpServerSettings settings() {
        return TestDoor.settings().withTcp(new TcpSettings(0, null));
    }

    private static ScriptedGateway.Link opened(ScriptedGateway gateway) throws InterruptedException {
        ScriptedGateway.Link link = gateway.opened.poll(60, TimeUnit.SECONDS);
        assertThat(link).isNotNull();
        return link;
    }

    @Test
    void carriesMessagesOfAnyLengthBothWaysInOrder() throws Exception {
        try (TestDoor door = TestDoor.open(settings());
                TestTcp client = TestTcp.connect(door)) {
            ScriptedGateway.Link link = opened(door.gateway());
            assertThat(link.facts().ip()).isEqualTo("127.0.0.1");
            assertThat(link.facts().token()).as("nobody is known yet").isNull();
            int[] lengths = {1, 125, 126, 9_000, 16 * 1024, 2};
            for (int length : lengths) {
                client.send(filled(length));
            }
            for (int length : lengths) {
                assertThat(client.next()).isEqualTo(filled(length));
            }
        }
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) length);
        return bytes;
    }

    @Test
    void sendsSharedBodiesBehindEachClientsOwnHead() throws Exception {
        byte[] body = filled(20_000);
        try (TestDoor door = TestDoor.open(settings());
                TestTcp first = TestTcp.connect(door)) {
            ScriptedGateway.Link toFirst = opened(door.gateway());
            TestSocket second = door.connect();
            ScriptedGateway.Link toSecond = opened(door.gateway());
            door.http.onFirstLoop(() -> {
                SharedBytes shared = door.gateway().bodies.make(body.length);
                shared.buffer().put(body);
                shared.seal(body.length);
                toFirst.out().claim(8).put((byte) 1);
                toFirst.out().commit(1, shared);
                toSecond.out().claim(8).put((byte) 2);
                toSecond.out().commit(1, shared);
                shared.release();
                toSecond.out().flush();
                toFirst.out().flush();
            });
            assertThat(first.next()).hasSize(1 + body.length).startsWith(1, body[0]);
            assertThat(second.next()).hasSize(1 + body.length).startsWith(2, body[0]);
        }
    }

    @Test
    void usesTheLoopsOfAllGateways() throws Exception {
        try (TestDoor door = TestDoor.open(settings(), 2, new ConnectionLimits(10, 10))) {
            Set<Thread> callers = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                TestTcp client = TestTcp.connect(door);
                client.send(new byte[] {1});
                assertThat(client.next()).containsExactly(1);
            }
            for (ScriptedGateway gateway : door.gateways) {
                assertThat(gateway.opened).hasSize(2);
                assertThat(gateway.callers).as("one thread for each gateway").hasSize(1);
                callers.addAll(gateway.callers);
            }
            assertThat(callers).hasSize(2);
        }
    }

    @Test
    void endsASessionByItsErrorAndAnOrderlyEndAlthoughTheClientGoesOnSending() throws Exception {
        for (byte[] nonsense : new byte[][] {{0, 0, 0, 0}, {1, 0, 1, 0}, {-1, -1, -1, -1}}) {
            try (TestDoor door = TestDoor.open(settings());
                    TestTcp client = TestTcp.connect(door)) {
                client.sendRaw(nonsense);
                client.sendRaw(new byte[200_000]);
                assertThat(client.lastError())
                        .isEqualTo(nonsense[0] == 0 ? ErrorCode.MALFORMED : ErrorCode.MESSAGE_TOO_LARGE);
                client.close();
                assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    @Test
    void cutsWhoSendsOnWithoutEndAfterItsEnd() throws Exception {
        try (TestDoor door = TestDoor.open(settings());
                TestTcp client = TestTcp.connect(door)) {
            client.sendRaw(new byte[4]);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.sendRaw(new byte[64 * 1024]);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void countsConnectionsTogetherWithWebSockets() throws Exception {
        try (TestDoor door = TestDoor.open(settings(), 1, new ConnectionLimits(10, 2))) {
            TestSocket first = door.connect();
            first.send(new byte[] {1});
            assertThat(first.next()).containsExactly(1);
            try (TestTcp second = TestTcp.connect(door)) {
                second.send(new byte[] {2});
                assertThat(second.next()).containsExactly(2);
                try (TestTcp third = TestTcp.connect(door)) {
                    assertThat(third.lastError()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
                }
                assertThat(door.connect().nextError()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS);
            }
            door.gateway().closed.poll(60, TimeUnit.SECONDS);
            letsInAgain(door);
        }
    }

    /** The place is free a moment after the gateway knows of the end. */
    private static void letsInAgain(TestDoor door) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (TestTcp next = TestTcp.connect(door)) {
                next.send(new byte[] {3});
                if (next.next().length == 1) {
                    return;
                }
            }
            assertThat(attempt).isLessThan(1_000);
        }
    }

    @Test
    void tellsTheFullServerAndGivesPlacesBack() throws Exception {
        try (TestDoor door = TestDoor.open(settings(), 1, new ConnectionLimits(1, 1))) {
            try (TestTcp only = TestTcp.connect(door)) {
                opened(door.gateway());
                try (TestTcp more = TestTcp.connect(door)) {
                    assertThat(more.lastError()).isEqualTo(ErrorCode.SERVER_FULL);
                }
            }
            letsInAgain(door);
        }
    }

    @Test
    void givesThePlaceBackWhenTheGatewayFailsToOpenASession() throws Exception {
        try (TestDoor door = TestDoor.open(settings(), 1, new ConnectionLimits(1, 1))) {
            door.gateway().failsToOpen = true;
            try (TestTcp unlucky = TestTcp.connect(door)) {
                assertThat(unlucky.socket.getInputStream().read()).as("closed").isNegative();
            }
            door.gateway().failsToOpen = false;
            letsInAgain(door);
        }
    }

    @Test
    void saysGoodByeToEverybody() throws Exception {
        TestDoor door = TestDoor.open(settings());
        try (TestTcp client = TestTcp.connect(door)) {
            opened(door.gateway());
            Thread closing = Thread.ofVirtual().start(door::close);
            assertThat(client.lastError()).isEqualTo(ErrorCode.SHUTTING_DOWN);
            client.close();
            closing.join();
            assertThatThrownBy(() -> TestTcp.connect(door)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsGuestsWhereItIs() {
        try (TestDoor door = TestDoor.open(settings())) {
            JsonObject guest = new JsonObject(door.post("/api/v1/guest", "{}").body());
            assertThat(guest.getString("tcp")).isEqualTo("tcp://127.0.0.1:" + door.http.tcpPort());
        }
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            assertThat(door.http.tcpPort()).isZero();
            assertThat(new JsonObject(door.post("/api/v1/guest", "{}").body()).containsKey("tcp"))
                    .isFalse();
        }
    }

    @Test
    void saysWhichPortIsTakenOrCannotBe() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            HttpServerSettings there = TestDoor.settings().withTcp(new TcpSettings(taken.getLocalPort(), null));
            assertThatThrownBy(() -> TestDoor.open(there))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("server.tcp.port");
        }
        assertThat(HttpServerSettings.onLoopback(8080)
                        .withTcp(new TcpSettings(8080, null))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("server.tcp.port and server.port are both 8080");
        assertThat(HttpServerSettings.onLoopback(0)
                        .withTcp(new TcpSettings(70_000, null))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("server.tcp.port = 70000");
    }
}
