package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.CommandWire;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireMessage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whoever misbehaves is told what was wrong and closed with the documented code; the bystander gets every tick all the while. */
class BadInputIT {
    private static final Hello HELLO = new Hello(ProtocolVersion.MAJOR, 0, "", "Mallory", "", "system-test/1.0");
    private static final Hello HELLO_WITH_COMMANDS =
            new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "Mallory", "", "system-test/1.0");
    private static final ClientInput INPUT = new ClientInput(1, 0, 0, 0, 0, 0, 0, 0);

    @TempDir
    static Path data;

    private static ServerProcess server;
    private static Player bystander;

    private record Misdeed(String name, ErrorCode error, List<byte[]> messages) {}

    @BeforeAll
    static void start() {
        server = ServerProcess.start(data);
        bystander = Player.join(server, "Bystander");
    }

    @AfterAll
    static void nobodyElseNoticed() {
        try {
            assertThat(bystander.losses).isZero();
            assertThat(bystander.errors).isEmpty();
            assertThat(bystander.missedTicks)
                    .as("ticks the bystander did not get")
                    .isZero();
        } finally {
            bystander.close();
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> namesTheErrorAndClosesWithItsCode() {
        return Stream.of(
                        new Misdeed("garbage", ErrorCode.MALFORMED, List.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})),
                        new Misdeed("nothing at all", ErrorCode.MALFORMED, List.of(new byte[0])),
                        new Misdeed(
                                "another major version",
                                ErrorCode.VERSION_MISMATCH,
                                said(new Hello(9, 0, "", "Mallory", "", "x"))),
                        new Misdeed("no hello first", ErrorCode.HELLO_EXPECTED, said(INPUT)),
                        new Misdeed(
                                "a world that is not here",
                                ErrorCode.UNKNOWN_WORLD,
                                said(new Hello(ProtocolVersion.MAJOR, 0, "moon", "Mallory", "", "x"))),
                        new Misdeed(
                                "an unusable name",
                                ErrorCode.INVALID_NAME,
                                said(new Hello(ProtocolVersion.MAJOR, 0, "", "a\u0007b", "", "x"))),
                        new Misdeed(
                                "a message that is too large", ErrorCode.MESSAGE_TOO_LARGE, List.of(new byte[200_000])),
                        new Misdeed("NaN", ErrorCode.INVALID_INPUT, said(HELLO, moving(Float.NaN, 0))),
                        new Misdeed(
                                "infinity", ErrorCode.INVALID_INPUT, said(HELLO, moving(0, Float.POSITIVE_INFINITY))),
                        new Misdeed(
                                "an input out of turn",
                                ErrorCode.INVALID_INPUT,
                                said(HELLO, new ClientInput(77, 0, 0, 0, 0, 0, 0, 0))),
                        new Misdeed(
                                "a command of a client that greeted as an older one",
                                ErrorCode.UNKNOWN_MESSAGE,
                                said(HELLO, command("r-1", 1, 2))),
                        new Misdeed(
                                "a command without a request id",
                                ErrorCode.INVALID_INPUT,
                                said(HELLO_WITH_COMMANDS, command("", 1, 2))),
                        new Misdeed(
                                "a command of version 0",
                                ErrorCode.INVALID_INPUT,
                                said(HELLO_WITH_COMMANDS, command("r-1", 0, 2))),
                        new Misdeed(
                                "a command with too much in it",
                                ErrorCode.MESSAGE_TOO_LARGE,
                                said(HELLO_WITH_COMMANDS, command("r-1", 1, CommandWire.PAYLOAD_BYTES_MAX + 1))),
                        new Misdeed(
                                "too many acks at once",
                                ErrorCode.MESSAGE_TOO_LARGE,
                                said(HELLO_WITH_COMMANDS, new ResultAck(Collections.nCopies(65, "r")))))
                .map(misdeed -> DynamicTest.dynamicTest(misdeed.name, () -> punished(misdeed)));
    }

    private static void punished(Misdeed misdeed) {
        try (RawClient mallory = RawClient.connect(server, RawClient.guestToken(server))) {
            for (int i = 0; i < misdeed.messages.size(); i++) {
                mallory.send(misdeed.messages.get(i));
                if (i == 0 && misdeed.messages.size() > 1) {
                    mallory.await(Welcome.class);
                }
            }
            assertThat(mallory.await(ServerError.class).code()).isEqualTo(misdeed.error);
            assertThat(mallory.closeCode()).isEqualTo(misdeed.error.closeCode());
        }
    }

    @Test
    void closesWhoeverSendsTooMuch() {
        try (RawClient mallory = RawClient.connect(server, RawClient.guestToken(server))) {
            mallory.send(ClientCodec.encode(HELLO));
            mallory.await(Welcome.class);
            for (int seq = 1; seq < 2_000 && !mallory.closed(); seq++) {
                mallory.send(ClientCodec.encode(new Ping(seq)));
            }
            assertThat(mallory.closeCode()).isEqualTo(ErrorCode.RATE_LIMITED.closeCode());
        }
    }

    @Test
    void answersAMessageThatTheGameDoesNotKnowAndPlaysOn() {
        try (RawClient mallory = RawClient.connect(server, RawClient.guestToken(server))) {
            mallory.send(ClientCodec.encode(HELLO));
            mallory.await(Welcome.class);
            mallory.send(ClientCodec.encode(new GameMessage(4711, 9, new byte[] {1})));
            ServerError error = mallory.await(ServerError.class);
            assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN_MESSAGE);
            assertThat(error.requestId()).isEqualTo(9);
            assertThat(error.fatal()).isFalse();
            assertThat(mallory.closed()).isFalse();
        }
    }

    @Test
    void refusesACommandThatNobodyKnowsAndPlaysOn() {
        try (RawClient mallory = RawClient.connect(server, RawClient.guestToken(server))) {
            mallory.send(ClientCodec.encode(HELLO_WITH_COMMANDS));
            mallory.await(Welcome.class);
            mallory.send(ClientCodec.encode(command("r-1", 1, 2)));
            CommandResult result = mallory.await(CommandResult.class);
            assertThat(result.requestId()).isEqualTo("r-1");
            assertThat(result.done()).isFalse();
            assertThat(result.errorCode()).isEqualTo("UNKNOWN_COMMAND");
            assertThat(mallory.closed()).isFalse();
        }
    }

    @Test
    void refusesTokensThatAreNotGood() {
        for (String token : List.of(
                "",
                "not.a.token",
                RawClient.signedToken("terrane", -3_600),
                RawClient.signedToken("somebody-else", 600))) {
            try (RawClient mallory = RawClient.connect(server, token)) {
                ErrorCode code = mallory.await(ServerError.class).code();
                assertThat(code).isIn(ErrorCode.UNAUTHORIZED, ErrorCode.TOKEN_EXPIRED);
                assertThat(mallory.closeCode()).isEqualTo(code.closeCode());
            }
        }
        try (RawClient owner = RawClient.connect(server, RawClient.signedToken("terrane", 600))) {
            owner.send(ClientCodec.encode(HELLO));
            assertThat(owner.await(Welcome.class).world()).isEqualTo("skirmish");
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        assertThat(RawClient.refusedStatus(server, "https://evil.example")).isEqualTo(403);
    }

    private static List<byte[]> said(WireMessage... messages) {
        return Stream.of(messages).map(ClientCodec::encode).toList();
    }

    private static Command command(String requestId, int version, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        Arrays.fill(payload, (byte) ' ');
        payload[0] = '{';
        payload[payloadBytes - 1] = '}';
        return new Command("cmd.nobody.knows", version, requestId, payload);
    }

    private static ClientInput moving(float x, float y) {
        return new ClientInput(1, 0, 0, x, y, 0, 0, 0);
    }
}
