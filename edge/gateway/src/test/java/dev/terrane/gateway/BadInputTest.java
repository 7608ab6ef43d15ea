package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.cluster.Admission;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to misbehave: named, answered by the documented close code, and noticed by nobody else. */
class BadInputTest {
    private static final CellId WEST = TestWorld.cell(0);

    private final GatewayFixture fixture = new GatewayFixture();

    record Fault(String name, boolean playing, Consumer<Client> misbehave, ErrorCode expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault before(String name, ErrorCode expected, Consumer<Client> misbehave) {
        return new Fault(name, false, misbehave, expected);
    }

    private static Fault playing(String name, ErrorCode expected, Consumer<Client> misbehave) {
        return new Fault(name, true, misbehave, expected);
    }

    private static Fault input(String name, float viewTick, float x, float y, float aim) {
        return playing(
                name, ErrorCode.INVALID_INPUT, client -> client.say(new ClientInput(1, 1, viewTick, x, y, aim, 0, 0)));
    }

    static Stream<Fault> faults() {
        byte[] random = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        return Stream.of(
                before("nothing", ErrorCode.MALFORMED, client -> client.sayBytes(new byte[0])),
                before("noise", ErrorCode.MALFORMED, client -> client.sayBytes(random)),
                playing("noise while playing", ErrorCode.MALFORMED, client -> client.sayBytes(random)),
                before("older version", ErrorCode.VERSION_MISMATCH, hello(0, "", "Ada")),
                before("newer version", ErrorCode.VERSION_MISMATCH, hello(ProtocolVersion.MAJOR + 1, "", "Ada")),
                before("ping before hello", ErrorCode.HELLO_EXPECTED, client -> client.say(new Ping(1))),
                before("input before hello", ErrorCode.HELLO_EXPECTED, Client::input),
                before("unknown world", ErrorCode.UNKNOWN_WORLD, hello(ProtocolVersion.MAJOR, "atlantis", "Ada")),
                before(
                        "name with a control character",
                        ErrorCode.INVALID_NAME,
                        hello(ProtocolVersion.MAJOR, "", "A\nda")),
                before(
                        "name that turns text around",
                        ErrorCode.INVALID_NAME,
                        hello(ProtocolVersion.MAJOR, "", "A\u202Eda")),
                before("name of spaces", ErrorCode.INVALID_NAME, hello(ProtocolVersion.MAJOR, "", "   ")),
                before("name of 25", ErrorCode.INVALID_NAME, hello(ProtocolVersion.MAJOR, "", "a".repeat(25))),
                before(
                        "input before welcome",
                        ErrorCode.INVALID_INPUT,
                        client -> client.hello("Ada").input()),
                playing("hello twice", ErrorCode.UNKNOWN_MESSAGE, hello(ProtocolVersion.MAJOR, "", "Ada")),
                playing(
                        "message of the server",
                        ErrorCode.UNKNOWN_MESSAGE,
                        client -> client.sayBytes(ClientCodec.encode(new ServerInfo("", 0, 0, 0, 0, 0)))),
                playing(
                        "long message",
                        ErrorCode.MESSAGE_TOO_LARGE,
                        client -> client.say(new GameMessage(1, 1, new byte[20_000]))),
                before(
                        "long text",
                        ErrorCode.MESSAGE_TOO_LARGE,
                        client -> client.say(new Hello(ProtocolVersion.MAJOR, 0, "", "a".repeat(2_000), "", ""))),
                playing("flood", ErrorCode.RATE_LIMITED, client -> repeat(121, () -> client.say(new Ping(1)))),
                playing("flood of transport pings", ErrorCode.RATE_LIMITED, client -> repeat(121, client::ping)),
                playing(
                        "flood of both kinds",
                        ErrorCode.RATE_LIMITED,
                        client -> repeat(61, () -> {
                            client.ping();
                            client.say(new Ping(1));
                        })),
                input("NaN in move", 0, Float.NaN, 0, 0),
                input("infinite move", 0, 0, Float.NEGATIVE_INFINITY, 0),
                input("move of 2", 0, 2, 0, 0),
                input("NaN in aim", 0, 0, 0, Float.NaN),
                input("infinite aim", 0, 0, 0, Float.POSITIVE_INFINITY),
                input("NaN in view tick", Float.NaN, 0, 0, 0),
                playing("gap", ErrorCode.INVALID_INPUT, client -> client.say(GatewayFixture.inputOf(2))));
    }

    private static Consumer<Client> hello(int major, String world, String name) {
        return client -> client.say(new Hello(major, 0, world, name, "", ""));
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndClosesOnlyThatSession(Fault fault) {
        Client bystander = fixture.client(1).playing(WEST);
        Client culprit = fixture.client(2);
        if (fault.playing()) {
            culprit.playing(WEST);
        }
        fault.misbehave().accept(culprit);

        assertThat(culprit.error()).isEqualTo(fault.expected());
        assertThat(culprit.link.error().fatal()).isTrue();
        assertThat(culprit.link.error().message()).isNotBlank();
        assertThat(culprit.link.closeCode).isEqualTo(4000 + fault.expected().ordinal());
        assertThat(culprit.link.closeReason.length()).isLessThanOrEqualTo(123);
        assertThat(culprit.session.closed()).isTrue();

        fixture.frame(WEST, 1, 1, bystander, 1, 0);
        bystander.input();
        assertThat(bystander.link.snapshots()).hasSize(1);
        assertThat(bystander.link.all(ServerError.class)).isEmpty();
        assertThat(bystander.link.closeCode).isZero();
        assertThat(fixture.inputs()).hasSize(1);
        assertThat(fixture.bugs).isEmpty();
    }

    @Test
    void closesWhoIsIdleAndSparesWhoPings() {
        Client silent = fixture.client(1).playing(WEST);
        Client alive = fixture.client(2).playing(WEST);
        for (int i = 0; i < 620; i++) {
            fixture.frame(WEST, 1, 2L * i, silent, 1, 0);
            fixture.frame(WEST, 1, 2L * i + 1, alive, 1, 0);
            alive.say(new Ping(i));
            fixture.pass(50);
        }
        assertThat(silent.error()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
        assertThat(alive.link.closeCode).isZero();
    }

    @Test
    void closesWhoseInputsTheCellDoesNotApply() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 0; i < 65; i++) {
            client.input();
        }
        assertThat(client.error()).isEqualTo(ErrorCode.BACKPRESSURE_INPUT);
        assertThat(client.link.closeCode).isEqualTo(4013);
    }

    @Test
    void dropsOldestInputsRatherThanWhoSentThemWhileTheWorldIsLate() {
        Client client = fixture.client(1).playing(WEST);
        fixture.nowNanos += 300_000_000L;
        for (int i = 0; i < 70; i++) {
            client.input();
        }
        assertThat(client.link.closeCode).isZero();
        assertThat(fixture.inputs().getLast().seq()).as("the newest are kept").isEqualTo(70);
    }

    /** Frames come, but the world behind them is too slow to take an input at each tick. */
    @Test
    void dropsOldestInputsOfWhoSendsNoFasterThanTheWorldShouldTick() {
        Client client = fixture.client(1).playing(WEST);
        for (int tick = 1; tick <= 200; tick++) {
            fixture.pass(50);
            client.input();
            fixture.frame(WEST, 1, tick, client, 1, tick / 4);
        }
        assertThat(client.link.closeCode).isZero();
        assertThat(fixture.inputs().getLast().seq()).isEqualTo(200);
    }

    /** The process stood still: all that clients sent meanwhile is heard at once, and frames come before or behind it. */
    @Test
    void closesNobodyForWhatWasSentWhileTheGatewayStoodStill() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(WEST, 1, 1, client, 1, 0);
        fixture.nowNanos += 10_000_000_000L;
        fixture.frame(WEST, 1, 2, client, 1, 0);
        for (int i = 0; i < 100; i++) {
            client.input();
        }
        fixture.pass(50);
        for (int i = 0; i < 20; i++) {
            client.input();
        }
        assertThat(client.link.closeCode).isZero();
    }

    @Test
    void closesWhoSendsFasterThanTheWorldTicks() {
        Client client = fixture.client(1).playing(WEST);
        for (int tick = 1; tick <= 200 && client.link.closeCode == 0; tick++) {
            fixture.pass(50);
            client.input();
            client.input();
            fixture.frame(WEST, 1, tick, client, 1, tick);
        }
        assertThat(client.error()).isEqualTo(ErrorCode.BACKPRESSURE_INPUT);
    }

    @Test
    void tellsOfEachFrameThatWaitedForAHiccup() {
        assertThat(toldAfterWaiting(20, 1)).containsExactlyElementsOf(ticks(2, 21));
        assertThat(toldAfterWaiting(4, 100)).as("many players").containsExactly(2, 3, 4, 5);
    }

    @Test
    void tellsOnlyTheNewestOfFramesThatWaitedWhileTheGatewayWasLate() {
        assertThat(toldAfterWaiting(5, 100)).containsExactly(6);
    }

    @Test
    void leavesOutNoMoreFramesInARowThanChangesAreKept() {
        assertThat(toldAfterWaiting(12, 100)).containsExactly(9, 13);
        assertThat(toldAfterWaiting(21, 1)).as("a second behind").containsExactly(9, 17, 22);
    }

    private static List<Integer> ticks(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    /** The ticks of the first client's snapshots, when so many frames from tick 2 on are read at once. */
    private static List<Integer> toldAfterWaiting(int frames, int players) {
        GatewayFixture fixture = new GatewayFixture();
        List<Client> clients = IntStream.rangeClosed(1, players)
                .mapToObj(number -> fixture.client(number).playing(WEST))
                .toList();
        Client first = clients.getFirst();
        fixture.frame(WEST, 1, 1, first, 1, 0);
        int before = first.link.snapshots().size();
        for (int i = 0; i < frames; i++) {
            fixture.queueFrame(WEST, 1, 2 + i, clients);
        }
        fixture.gateway.drain(fixture.nowNanos);
        return first.link.snapshots().stream()
                .skip(before)
                .map(ServerSnapshot::tick)
                .toList();
    }

    @Test
    void skipsFramesOfSlowClientAndClosesItInTheEnd() {
        Client slow = fixture.client(1).playing(WEST);
        slow.link.congested = true;
        long tick = 1;
        for (int i = 0; i < 205; i++, tick++) {
            fixture.nowNanos += 50_000_000L;
            fixture.frame(WEST, 1, tick, slow, 1, 0);
        }
        assertThat(slow.link.snapshots()).isEmpty();
        assertThat(slow.error()).isEqualTo(ErrorCode.SLOW_CLIENT);
        assertThat(slow.link.closeCode).isEqualTo(4014);
    }

    @Test
    void ignoresInputsThatCameBefore() {
        Client client = fixture.client(1).hello("Ada").admitted(WEST).joined(WEST, 10);
        client.say(GatewayFixture.inputOf(9));
        client.say(GatewayFixture.inputOf(11));
        client.say(GatewayFixture.inputOf(11));
        assertThat(fixture.inputs()).hasSize(1);
        assertThat(client.link.closeCode).isZero();
    }

    @Test
    void cutsDiagonalWishToLengthOne() {
        Client client = fixture.client(1).playing(WEST);
        client.say(new ClientInput(1, 1, 1, 1, -1, 0, 0, 0));
        float x = fixture.inputs().getLast().moveX();
        float y = fixture.inputs().getLast().moveY();
        assertThat(Math.hypot(x, y)).isBetween(0.999, 1.0001);
        assertThat(y).isNegative();
    }

    @Test
    void refusesGameMessagesThatTheCellCannotTakeWithoutEndingTheSession() {
        Client client = fixture.client(1).hello("Ada");
        client.say(new GameMessage(4, 77, new byte[3]));
        assertThat(client.link.error())
                .extracting(ServerError::code, ServerError::requestId, ServerError::fatal)
                .isEqualTo(List.of(ErrorCode.MESSAGE_REFUSED, 77, false));
        client.admitted(WEST).joined(WEST, 0);
        fixture.cells.answer = Admission.FULL;
        client.say(new GameMessage(4, 78, new byte[3]));
        assertThat(client.link.error().requestId()).isEqualTo(78);
        client.say(new GameMessage(0, 79, new byte[0]));
        assertThat(client.error()).isEqualTo(ErrorCode.UNKNOWN_MESSAGE);
        assertThat(client.link.closeCode).isZero();
    }
}
