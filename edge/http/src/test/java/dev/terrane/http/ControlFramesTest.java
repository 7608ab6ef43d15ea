package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.GatewaySettings;
import dev.terrane.protocol.client.ErrorCode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pings, pongs and parts of messages: what a client can send much of at little cost. */
class ControlFramesTest {
    private static final int QUEUED_BYTES_MAX = 1 << 20;
    private static final int PAYLOAD_BYTES = 125;
    private static final int PINGS_PER_WRITE = 1_000;
    private static final int WRITE_COUNT = 200;
    private static final int BINARY = 0x82;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    @Test
    void answersPingsWithTheirPayloadInOrder() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect();
            for (byte number = 0; number < 20; number++) {
                socket.socket()
                        .sendPing(ByteBuffer.wrap(new byte[] {number, 7}))
                        .join();
            }
            for (byte number = 0; number < 20; number++) {
                assertThat(socket.pongs.poll(60, TimeUnit.SECONDS)).containsExactly(number, 7);
            }
        }
    }

    /** The limit is far over the mark at which Netty calls a channel unwritable: what waits must be bounded by the one and not by the other. */
    @Test
    void keepsAnswersToPingsOfSilentClientWithinTheLimit() throws Exception {
        try (TestDoor door = TestDoor.open(settings(QUEUED_BYTES_MAX, 0));
                Socket silent = SlowReaderTest.silentClient(door)) {
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            byte[] pings = pings();
            OutputStream out = silent.getOutputStream();
            for (int write = 0; write < WRITE_COUNT; write++) {
                out.write(pings);
            }
            CompletableFuture<Long> queuedBytes = new CompletableFuture<>();
            door.http.onFirstLoop(() -> queuedBytes.complete(link.out().queuedBytes()));
            assertThat(queuedBytes.orTimeout(60, TimeUnit.SECONDS).join())
                    .isBetween(QUEUED_BYTES_MAX / 2L, QUEUED_BYTES_MAX + 2L * PAYLOAD_BYTES);

            out.write(new byte[] {(byte) BINARY, (byte) 0x81, 0, 0, 0, 0, 42});
            assertThat(pongsBeforeTheEcho(silent))
                    .as("most are left out")
                    .isGreaterThan(QUEUED_BYTES_MAX / PAYLOAD_BYTES / 2)
                    .isLessThan(WRITE_COUNT * PINGS_PER_WRITE / 2);
        }
    }

    @Test
    void endsFloodOfPingsByNamedErrorWhileOthersAreServed() throws Exception {
        try (TestDoor door = TestDoor.open(new RealGatewayHouse(GatewaySettings.defaults()))) {
            TestSocket bystander = RealGatewayTest.join(door);
            TestSocket flooder = RealGatewayTest.join(door);
            for (int ping = 0; ping < 1_000; ping++) {
                flooder.socket().sendPing(ByteBuffer.allocate(PAYLOAD_BYTES)).exceptionally(closed -> null);
            }
            assertThat(flooder.nextError()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(flooder.closeCode()).isEqualTo(4006);
            assertThat(flooder.pongs).hasSizeBetween(100, 500);
            bystander.socket().sendPing(ByteBuffer.allocate(1)).join();
            assertThat(bystander.pongs.poll(60, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void endsFloodOfUnaskedPongsAndOfEmptyPartsByNamedError() throws Exception {
        try (TestDoor door = TestDoor.open(new RealGatewayHouse(GatewaySettings.defaults()))) {
            TestSocket ponging = RealGatewayTest.join(door);
            TestSocket parting = RealGatewayTest.join(door);
            for (int frame = 0; frame < 1_000; frame++) {
                ponging.socket().sendPong(ByteBuffer.allocate(0)).exceptionally(closed -> null);
                parting.socket().sendBinary(ByteBuffer.allocate(0), false).exceptionally(closed -> null);
            }
            assertThat(ponging.nextError()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(parting.nextError()).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void takesAnswersToItsOwnPingsForFree() throws Exception {
        GatewaySettings defaults = GatewaySettings.defaults();
        GatewaySettings oneMessage = new GatewaySettings(
                defaults.interest(),
                defaults.snapshots(),
                new GatewaySettings.Messages(16_384, 0.001, 1, 64),
                defaults.timeouts());
        RealGatewayHouse house = new RealGatewayHouse(oneMessage);
        try (TestDoor door = TestDoor.open(settings(QUEUED_BYTES_MAX, 1), house)) {
            TestSocket socket = RealGatewayTest.join(door);
            // Hello was all that it may say: after an answer that cost something there would be no second ping.
            assertThat(socket.pings.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
            socket.socket().sendPong(ByteBuffer.allocate(0)).join();
            socket.socket().sendPong(ByteBuffer.allocate(0)).exceptionally(closed -> null);
            assertThat(socket.nextError()).as("one that nobody asked for").isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    private static HttpServerSettings settings(int queuedBytesMax, int pingSeconds) {
        HttpServerSettings base = TestDoor.settings();
        SocketSettings socket = base.sockets();
        SocketSettings changed = new SocketSettings(
                socket.path(), socket.frameBytesMax(), socket.messageBytesMax(), queuedBytesMax, pingSeconds);
        return new HttpServerSettings(base.listen(), changed, base.rest(), base.trust(), base.sites(), null);
    }

    private static byte[] pings() {
        ByteBuffer frames = ByteBuffer.allocate(PINGS_PER_WRITE * (6 + PAYLOAD_BYTES));
        for (int ping = 0; ping < PINGS_PER_WRITE; ping++) {
            frames.put((byte) PING).put((byte) (0x80 | PAYLOAD_BYTES)).putInt(0).put(new byte[PAYLOAD_BYTES]);
        }
        return frames.array();
    }

    /** Reads on from the answer to the upgrade. */
    private static int pongsBeforeTheEcho(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        for (int last = 0; last != 0x0D0A0D0A; ) {
            last = last << Byte.SIZE | in.readUnsignedByte();
        }
        int pongs = 0;
        int kind = in.readUnsignedByte();
        while (kind == PONG) {
            pongs++;
            in.skipNBytes(in.readUnsignedByte());
            kind = in.readUnsignedByte();
        }
        assertThat(kind).isEqualTo(BINARY);
        return pongs;
    }
}
