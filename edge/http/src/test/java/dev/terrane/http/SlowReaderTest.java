package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ErrorCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that opens its socket and then reads nothing. */
class SlowReaderTest {
    private static final int FRAME_BYTES = 2_000;
    private static final int FRAME_COUNT = 10_000;

    @Test
    void boundsWhatWaitsForSlowClientAndCutsItOff() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings());
                Socket slow = silentClient(door)) {
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            CompletableFuture<long[]> flood = new CompletableFuture<>();
            door.http.onFirstLoop(() -> flood.complete(flood(link)));
            long[] result = flood.orTimeout(60, TimeUnit.SECONDS).join();
            long sent = result[0];
            long queuedBytesMost = result[1];
            assertThat(sent).as("frames are skipped").isLessThan(FRAME_COUNT / 2);
            assertThat(queuedBytesMost).isGreaterThan(64 * 1024).isLessThan(64 * 1024 + 2 * FRAME_BYTES);

            TestSocket bystander = door.connect();
            bystander.send(new byte[] {1});
            assertThat(bystander.next()).containsExactly(1);

            door.http.onFirstLoop(() -> door.gateway().reject(link, ErrorCode.SLOW_CLIENT, "too slow"));
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isEqualTo(link);
            assertThat(link.out().queuedBytes()).as("nothing is kept").isZero();
        }
    }

    /** The socket takes a frame in part: the rest waits in the queue, and what is said next comes behind it. */
    @Test
    void losesAndMixesNoByteWhenASocketTakesOnlyAPart() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings());
                Socket slow = silentClient(door)) {
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            CompletableFuture<Integer> sent = new CompletableFuture<>();
            door.http.onFirstLoop(() -> {
                int frames = 0;
                for (int beyond = 0; beyond < 20; frames++) {
                    link.send(numbered(frames));
                    beyond += link.out().queuedBytes() > 0 ? 1 : 0;
                }
                sent.complete(frames);
            });
            int frames = sent.orTimeout(60, TimeUnit.SECONDS).join();
            DataInputStream in = new DataInputStream(slow.getInputStream());
            skipAnswer(in);
            for (int i = 0; i < frames; i++) {
                assertThat(in.readUnsignedByte()).isEqualTo(0x82);
                assertThat(in.readUnsignedByte()).isEqualTo(126);
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                assertThat(message).as("frame " + i + " of " + frames).isEqualTo(numbered(i));
            }
        }
    }

    private static byte[] numbered(int number) {
        byte[] message = new byte[FRAME_BYTES + number % 997];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (number * 31 + i);
        }
        return message;
    }

    private static void skipAnswer(DataInputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.readUnsignedByte();
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
    }

    @Test
    void ignoresWhatIsSentToGoneClient() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            Socket gone = silentClient(door);
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            gone.close();
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isEqualTo(link);
            CompletableFuture<Boolean> after = new CompletableFuture<>();
            door.http.onFirstLoop(() -> {
                link.send(new byte[100]);
                link.out().claim(10).put((byte) 1);
                link.out().release();
                link.out().close(1000, "");
                after.complete(link.out().congested());
            });
            assertThat(after.orTimeout(60, TimeUnit.SECONDS).join()).isFalse();
        }
    }

    /** As a gateway does: skips a frame while the link is congested. Returns frames sent and the most bytes that ever waited. */
    private static long[] flood(ScriptedGateway.Link link) {
        long sent = 0;
        long queuedBytesMost = 0;
        for (int frame = 0; frame < FRAME_COUNT; frame++) {
            if (!link.out().congested()) {
                link.send(new byte[FRAME_BYTES]);
                sent++;
            }
            queuedBytesMost = Math.max(queuedBytesMost, link.out().queuedBytes());
        }
        return new long[] {sent, queuedBytesMost};
    }

    /** Connects by hand and reads nothing, not even the answer to its upgrade. */
    static Socket silentClient(TestDoor door) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", door.http.port()));
        socket.getOutputStream().write(upgrade(door));
        return socket;
    }

    static byte[] upgrade(TestDoor door) {
        return ("GET /ws?token=" + door.token() + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
