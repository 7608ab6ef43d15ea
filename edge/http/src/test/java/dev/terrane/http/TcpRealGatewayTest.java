package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySettings.Interest;
import dev.terrane.gateway.GatewaySettings.Messages;
import dev.terrane.gateway.GatewaySettings.Snapshots;
import dev.terrane.gateway.GatewaySettings.Timeouts;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** TCP and the gateway together. */
class TcpRealGatewayTest {
    private static final int ROUND_COUNT_MAX = 100_000;

    private final RealGatewayHouse house = new RealGatewayHouse(new GatewaySettings(
            Interest.defaults(),
            Snapshots.defaults(),
            Messages.defaults(),
            new Timeouts(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30))));

    private TestDoor open() {
        return TestDoor.open(TcpDoorTest.settings(), house);
    }

    private static byte[] hello(int major, String token) {
        return ClientCodec.encode(new Hello(major, ProtocolVersion.MINOR, "", "Ada", "", "test", token));
    }

    @Test
    void carriesSessionFromHelloToSnapshots() throws Exception {
        try (TestDoor door = open();
                TestTcp player = TestTcp.connect(door)) {
            player.send(hello(ProtocolVersion.MAJOR, door.token()));
            assertThat(player.nextMessage()).isInstanceOf(ServerMessage.Welcome.class);
            assertThat(player.nextMessage()).isInstanceOf(ServerMessage.ServerInfo.class);
            house.tick(10);
            assertThat(player.nextMessage()).isInstanceOf(ServerMessage.ServerSnapshot.class);
            player.send(ClientCodec.encode(new Ping(42)));
            assertThat(player.nextMessage())
                    .isInstanceOfSatisfying(
                            Pong.class, pong -> assertThat(pong.sentAtMillis()).isEqualTo(42));
        }
    }

    @Test
    void tellsWhatIsWrongWithAHello() throws Exception {
        try (TestDoor door = open()) {
            expect(door, hello(ProtocolVersion.MAJOR, ""), ErrorCode.UNAUTHORIZED);
            expect(door, hello(ProtocolVersion.MAJOR, "a.b.c"), ErrorCode.UNAUTHORIZED);
            expect(door, hello(ProtocolVersion.MAJOR, door.expiredToken()), ErrorCode.TOKEN_EXPIRED);
            expect(door, hello(ProtocolVersion.MAJOR + 1, door.token()), ErrorCode.VERSION_MISMATCH);
            expect(door, hello(ProtocolVersion.MAJOR, "t".repeat(5_000)), ErrorCode.MESSAGE_TOO_LARGE);
            expect(door, ClientCodec.encode(new Ping(1)), ErrorCode.HELLO_EXPECTED);
            expect(door, new byte[] {1, 2, 3}, ErrorCode.MALFORMED);
            assertThat(house.sessions).isEmpty();
        }
    }

    private static void expect(TestDoor door, byte[] message, ErrorCode error) throws Exception {
        try (TestTcp client = TestTcp.connect(door)) {
            client.send(message);
            assertThat(client.lastError()).isEqualTo(error);
        }
    }

    @Test
    void takesAWebSocketsTokenOfTheHandshakeWhateverItsHelloSays() throws Exception {
        try (TestDoor door = open()) {
            TestSocket player = door.connect();
            player.send(hello(ProtocolVersion.MAJOR, "a.b.c"));
            assertThat(player.nextMessage()).isInstanceOf(ServerMessage.Welcome.class);
        }
    }

    /** Byte by byte is no sign of life: a Hello has to be whole in time. */
    @Test
    void closesWhoIsTooSlowWithItsHello() throws Exception {
        try (TestDoor door = open();
                TestTcp client = TestTcp.connect(door)) {
            byte[] framed = TestTcp.framed(hello(ProtocolVersion.MAJOR, door.token()));
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < framed.length - 1; i++) {
                        client.sendRaw(new byte[] {framed[i]});
                        Thread.sleep(20);
                    }
                } catch (Exception closed) {
                    // That is how it ends.
                }
            });
            assertThat(client.nextError()).isEqualTo(ErrorCode.HELLO_EXPECTED);
        }
    }

    @Test
    void closesWhoSendsTooMuch() throws Exception {
        try (TestDoor door = open();
                TestTcp hasty = TestTcp.connect(door)) {
            hasty.send(hello(ProtocolVersion.MAJOR, door.token()));
            assertThat(hasty.nextMessage()).isInstanceOf(ServerMessage.Welcome.class);
            assertThat(hasty.nextMessage()).isInstanceOf(ServerMessage.ServerInfo.class);
            for (int i = 0; i < 400; i++) {
                hasty.send(ClientCodec.encode(new Ping(i)));
            }
            ServerMessage said = hasty.nextMessage();
            while (said instanceof Pong) {
                said = hasty.nextMessage();
            }
            assertThat(said)
                    .isInstanceOfSatisfying(
                            ServerMessage.ServerError.class,
                            error -> assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED));
        }
    }

    @Test
    void skipsFramesOfSlowClientThenClosesItWhileOthersGoOn() throws Exception {
        try (TestDoor door = open();
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress("127.0.0.1", door.http.tcpPort()));
            TestSocket bystander = RealGatewayTest.join(door);
            slow.getOutputStream().write(TestTcp.framed(hello(ProtocolVersion.MAJOR, door.token())));
            int round = 0;
            while (house.gateway().sessions().sessionCount() == 2 && round < ROUND_COUNT_MAX || round < 400) {
                house.tick(4_000);
                assertThat(bystander.nextMessage())
                        .as("round %d", round)
                        .isInstanceOf(ServerMessage.ServerSnapshot.class);
                round++;
            }
            assertThat(house.sessions).as("the slow one had joined").hasSize(2);
            assertThat(house.gateway().sessions().sessionCount()).isEqualTo(1);
        }
    }
}
