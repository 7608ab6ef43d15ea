package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientCodecTest {
    private static final ClientInput INPUT = new ClientInput(-1, 7, 6.5f, 1, -0.25f, 3, 5, 1 << 31);

    @Test
    void givesBackWhatClientsSay() {
        for (ClientMessage each : List.of(
                new Hello(1, 0, "skirmish", "Ada", "token", "test/1"),
                new Hello(0, 0, "", "", "", ""),
                new Hello(2, 2, "", "Ada", "", "", "t".repeat(Hello.TOKEN_BYTES_MAX)),
                INPUT,
                new Ping(12.5),
                new Pong(1, 2))) {
            assertThat(fromClient(ClientCodec.encode(each))).isEqualTo(each);
        }
        assertThat(fromClient(ClientCodec.encode(new GameMessage(65_535, 4, new byte[] {1, 2}))))
                .isInstanceOfSatisfying(GameMessage.class, message -> {
                    assertThat(message.type()).isEqualTo(65_535);
                    assertThat(message.requestId()).isEqualTo(4);
                    assertThat(message.payload()).containsExactly(1, 2);
                });
    }

    @Test
    void givesBackWhatServersSay() {
        for (ServerMessage each : List.of(
                new ServerInfo("skirmish/2,-1#0", 2, -1, 255, 9, -5L),
                new ServerError(ErrorCode.RATE_LIMITED, "too fast", true, 500, 3),
                new Ping(1),
                new Pong(1, 2))) {
            assertThat(fromServer(ClientCodec.encode(each))).isEqualTo(each);
        }
        Welcome welcome = new Welcome(
                1, 0, "0.1", -2L, "secret", "skirmish", "hex;q=4", 64, 20, 10, 200, new byte[] {1, 0, 0}, 17);
        assertThat(fromServer(ClientCodec.encode(welcome)))
                .usingRecursiveComparison()
                .isEqualTo(welcome);
        assertThat(welcome.toString()).doesNotContain("secret");
    }

    @Test
    void tellsCommandsThatNoLaneCouldTake() {
        byte[] payload = {'{', '}'};
        assertThat(new Command("cmd.hex.vote", 1, "r 1", payload).isValid()).isFalse();
        assertThat(new Command("cmd.hex.vote", 1, "", payload).isValid()).isFalse();
        assertThat(new Command("cmd.hex.vote", 1, "r\u0000", payload).isValid()).isFalse();
        assertThat(new Command("cmd.hex.vote", 1, "✈", payload).isValid()).isFalse();
        assertThat(new Command("cmd.hex.vote", 0, "r", payload).isValid()).isFalse();
        assertThat(new Command("", 1, "r", payload).isValid()).isFalse();
        assertThat(new Command("cmd.hex.vote", 65_535, "r".repeat(64), payload).isValid())
                .isTrue();
    }

    @Test
    void boundsWhatACommandHolds() {
        List<String> tooManyIds = Collections.nCopies(CommandWire.ACK_COUNT_MAX + 1, "r");
        for (ClientMessage each : List.of(
                new Command("c".repeat(65), 1, "r", new byte[0]),
                new Command("cmd.hex.vote", 1, "r".repeat(65), new byte[0]),
                new Command("cmd.hex.vote", 1, "r", new byte[CommandWire.PAYLOAD_BYTES_MAX + 1]),
                new ResultAck(List.of("r".repeat(65))),
                new ResultAck(tooManyIds))) {
            assertThat(fromClient(ClientCodec.encode(each))).isInstanceOf(ClientMessage.TooLarge.class);
        }
        ClientMessage most = new ResultAck(tooManyIds.subList(1, tooManyIds.size()));
        assertThat(fromClient(ClientCodec.encode(most))).isEqualTo(most);
        assertThat(fromClient(ClientCodec.encode(new ResultAck(List.of())))).isEqualTo(new ResultAck(List.of()));
    }

    @Test
    void refusesEveryTruncationOfAnAck() {
        byte[] bytes = ClientCodec.encode(new ResultAck(List.of("r-1", "a-longer-one", "")));
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            try {
                ClientCodec.decodeFromClient(bytes, 0, length, WireLimits.FROM_CLIENT);
            } catch (MalformedBytesException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(bytes.length - 4);
    }

    @Test
    void readsDirectBuffersWithoutMovingThem() {
        byte[] bytes = ClientCodec.encode(INPUT);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 3)
                .position(3)
                .put(bytes)
                .flip()
                .position(3);

        assertThat(ClientCodec.decodeFromClient(direct, WireLimits.FROM_CLIENT)).isEqualTo(INPUT);
        assertThat(direct.position()).isEqualTo(3);
    }

    @Test
    void namesTypesThatClientsDoNotSend() {
        byte[] info = ClientCodec.encode(new ServerInfo("w", 0, 0, 0, 0, 0));

        assertThat(fromClient(info)).isEqualTo(new ClientMessage.Unknown(7));
    }

    @Test
    void tellsTooLargeFromMalformed() {
        WireLimits limits = new WireLimits(1000, 10, 20);

        assertThat(ClientCodec.decodeFromClient(ByteBuffer.allocate(1001), limits))
                .isInstanceOf(ClientMessage.TooLarge.class);
        assertThat(ClientCodec.decodeFromClient(
                        ByteBuffer.wrap(ClientCodec.encode(new GameMessage(1, 1, new byte[21]))), limits))
                .isInstanceOf(ClientMessage.TooLarge.class);
        assertThat(ClientCodec.decodeFromClient(
                        ByteBuffer.wrap(ClientCodec.encode(new Hello(1, 0, "", "a name too long", "", ""))), limits))
                .isInstanceOf(ClientMessage.TooLarge.class);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = ClientCodec.encode(new Hello(1, 0, "skirmish", "Ada", "token", "test/1", "a.b.c"));
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            try {
                ClientCodec.decodeFromClient(bytes, 0, length, WireLimits.FROM_CLIENT);
            } catch (MalformedBytesException expected) {
                refused++;
            }
        }
        // Only the padding and the closing zero of the last text may be missing.
        assertThat(refused).isGreaterThanOrEqualTo(bytes.length - 4);
    }

    @Test
    void takesNoTokenBeyondItsLimitAndShowsNone() {
        Hello hello = new Hello(2, 2, "", "Ada", "other-secret", "", "s".repeat(Hello.TOKEN_BYTES_MAX + 1));

        assertThat(fromClient(ClientCodec.encode(hello))).isInstanceOf(ClientMessage.TooLarge.class);
        assertThat(hello.toString()).doesNotContain("sss").doesNotContain("other-secret");
    }

    @Test
    void refusesNoise() {
        assertThatThrownBy(() -> fromClient(new byte[64])).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> fromClient("GET / HTTP/1.1".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void judgesInputs() {
        assertThat(INPUT.isValid()).isTrue();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1001}) {
            assertThat(new ClientInput(1, 1, 1, bad, 0, 0, 0, 0).isValid()).isFalse();
            assertThat(new ClientInput(1, 1, 1, 0, bad, 0, 0, 0).isValid()).isFalse();
            assertThat(new ClientInput(1, 1, 1, 0, 0, bad, 0, 0).isValid()).isFalse();
        }
        assertThat(new ClientInput(1, 1, Float.NaN, 0, 0, 0, 0, 0).isValid()).isFalse();
        assertThat(new ClientInput(1, 1, Float.POSITIVE_INFINITY, 0, 0, 0, 0, 0).isValid())
                .isFalse();
        assertThat(new ClientInput(1, 1, -1, 0, 0, 0, 0, 0).isValid()).isFalse();
    }

    private static ClientMessage fromClient(byte[] bytes) {
        return ClientCodec.decodeFromClient(bytes, 0, bytes.length, WireLimits.FROM_CLIENT);
    }

    private static ServerMessage fromServer(byte[] bytes) {
        return ClientCodec.decodeFromServer(bytes, 0, bytes.length, WireLimits.FROM_SERVER);
    }
}
