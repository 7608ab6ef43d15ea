package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySettings.Interest;
import dev.terrane.gateway.GatewaySettings.Messages;
import dev.terrane.gateway.GatewaySettings.Snapshots;
import dev.terrane.gateway.GatewaySettings.Timeouts;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The door and the gateway together. */
class RealGatewayTest {
    private static final byte[] HELLO =
            ClientCodec.encode(new ClientMessage.Hello(ProtocolVersion.MAJOR, 0, "", "Ada", "", "test"));
    private static final int ROUND_COUNT_MAX = 100_000;

    private final RealGatewayHouse house = new RealGatewayHouse(new GatewaySettings(
            Interest.defaults(),
            Snapshots.defaults(),
            Messages.defaults(),
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30))));

    @Test
    void carriesSessionFromHelloToSnapshots() throws Exception {
        try (TestDoor door = TestDoor.open(house)) {
            TestSocket player = join(door);
            house.tick(10);
            assertThat(player.nextMessage()).isInstanceOf(ServerMessage.ServerSnapshot.class);
            player.send(ClientCodec.encode(new Ping(42)));
            assertThat(player.nextMessage())
                    .isInstanceOfSatisfying(
                            Pong.class, pong -> assertThat(pong.sentAtMillis()).isEqualTo(42));
        }
    }

    @Test
    void endsOnlyTheSessionThatSendsNonsense() throws Exception {
        try (TestDoor door = TestDoor.open(house)) {
            TestSocket bystander = join(door);
            TestSocket broken = join(door);
            broken.send(new byte[] {1, 2, 3});
            assertThat(broken.nextError()).isEqualTo(ErrorCode.MALFORMED);
            assertThat(broken.closeCode()).isEqualTo(4001);
            TestSocket hasty = join(door);
            for (int message = 0; message < 400; message++) {
                hasty.socket().sendBinary(ByteBuffer.wrap(ClientCodec.encode(new Ping(1))), true);
            }
            assertThat(hasty.closeCode()).isEqualTo(4006);
            house.tick(10);
            assertThat(bystander.nextMessage()).isInstanceOf(ServerMessage.ServerSnapshot.class);
        }
    }

    @Test
    void skipsFramesOfSlowClientThenClosesItWhileOthersGoOn() throws Exception {
        try (TestDoor door = TestDoor.open(house);
                Socket slow = SlowReaderTest.silentClient(door)) {
            TestSocket bystander = join(door);
            slow.getOutputStream().write(maskedFrame(HELLO));
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

    static TestSocket join(TestDoor door) throws Exception {
        TestSocket socket = door.connect();
        socket.send(HELLO);
        assertThat(socket.nextMessage()).isInstanceOf(ServerMessage.Welcome.class);
        assertThat(socket.nextMessage()).isInstanceOf(ServerMessage.ServerInfo.class);
        return socket;
    }

    /** A binary frame of a client, its mask all zeros. */
    private static byte[] maskedFrame(byte[] message) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x82);
        frame.write(0x80 | message.length);
        frame.write(new byte[4]);
        frame.write(message);
        assertThat(message.length).as("short length form").isLessThan(126);
        return frame.toByteArray();
    }
}
