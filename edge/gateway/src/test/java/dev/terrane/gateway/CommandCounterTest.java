package dev.terrane.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.CommandWire;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.cluster.Admission;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandCounterTest {
    private static final String TYPE = "cmd.economy.transfer";

    private final GatewayFixture house = new GatewayFixture();
    private final GatewayFixture.Client ada = house.client(1);

    @BeforeEach
    void adaPlays() {
        enter(ada);
    }

    @Test
    void allowsOnTheWireWhatTheLaneAllows() {
        assertThat(CommandWire.PAYLOAD_BYTES_MAX).isEqualTo(CommandLimits.PAYLOAD_BYTES_MAX);
        assertThat(CommandWire.REQUEST_ID_CHARS_MAX).isEqualTo(CommandLimits.REQUEST_ID_CHARS_MAX);
    }

    @Test
    void handsACommandToTheLaneUnderTheCharacter() {
        ada.say(command("r-1"));

        assertThat(house.commands.submitted).singleElement().satisfies(submitted -> {
            assertThat(submitted.caller()).isEqualTo(caller(ada));
            assertThat(submitted.wish().type()).isEqualTo(TYPE);
            assertThat(submitted.wish().version()).isEqualTo(2);
            assertThat(submitted.wish().requestId()).isEqualTo("r-1");
            assertThat(submitted.wish().payload()).asString(UTF_8).isEqualTo("{}");
        });
        assertThat(results(ada)).isEmpty();
        assertThat(ada.session.closed()).isFalse();
    }

    @Test
    void attachesOncePerSessionAndDetachesWhenItEnds() {
        assertThat(house.commands.attached).containsExactly(caller(ada));
        house.frame(TestWorld.cell(0), 1, 1, ada, 1, 0);
        house.pass(2_500); // its cell falls silent, and it joins anew, unseen by the client
        assertThat(((ClientSession) ada.session).state).isEqualTo(SessionState.REJOINING);
        ada.admitted(TestWorld.cell(0)).joined(TestWorld.cell(0), 0);
        assertThat(house.commands.attached).containsExactly(caller(ada));

        house.gateway.onClosed(ada.session);
        house.gateway.onClosed(ada.session);

        assertThat(house.commands.detached).containsExactly(caller(ada));
    }

    @Test
    void saysWhetherAClientHasPlayedBefore() {
        assertThat(house.commands.resumed).isEmpty();
        String token = ada.link.last(ServerMessage.Welcome.class).resumeToken();
        house.gateway.onClosed(ada.session);
        GatewayFixture.Client again = house.client(1);
        again.say(new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "Ada", token, "test"));
        again.admitted(TestWorld.cell(0)).joined(TestWorld.cell(0), 0);
        assertThat(house.commands.resumed).containsExactly(caller(again));
    }

    @Test
    void tellsKeptResultsToTheNextSession() {
        house.commands.kept.add(done(ada, "r-1", "{\"paid\":1}"));
        house.commands.kept.add(done(ada, "r-2", ""));
        house.gateway.onClosed(ada.session);
        GatewayFixture.Client again = enter(house.client(1));
        house.gateway.drain(house.nowNanos);

        assertThat(results(again))
                .extracting(ServerMessage.CommandResult::requestId)
                .containsExactly("r-1", "r-2");
        again.say(new ResultAck(List.of("r-1", "r-2")));
        assertThat(house.commands.acked)
                .containsExactly(new ScriptedCommands.Acked(caller(again), List.of("r-1", "r-2")));
    }

    @Test
    void tellsResultsInTheOrderInWhichTheyCome() {
        for (int i = 0; i < 3; i++) {
            ada.say(command("r-" + i));
        }
        hear(done(ada, "r-2", "{\"n\":2}"));
        hear(new LaneOutput.Result(
                ada.id(), "r-0", TYPE, new CommandResult.Refused("INSUFFICIENT_FUNDS", "earn more", 0)));

        assertThat(results(ada))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.requestId()).isEqualTo("r-2");
                            assertThat(first.type()).isEqualTo(TYPE);
                            assertThat(first.done()).isTrue();
                            assertThat(first.payload()).asString(UTF_8).isEqualTo("{\"n\":2}");
                        },
                        second -> {
                            assertThat(second.done()).isFalse();
                            assertThat(second.errorCode()).isEqualTo("INSUFFICIENT_FUNDS");
                            assertThat(second.reason()).isEqualTo("earn more");
                        });
    }

    @Test
    void dropsResultsForASessionThatIsGone() {
        house.gateway.onClosed(ada.session);
        hear(done(ada, "r-1", ""));

        assertThat(results(ada)).isEmpty();
        assertThat(house.bugs).isEmpty();
    }

    @Test
    void tellsTheLanesRefusalAtOnce() {
        house.commands.refusal = new CommandResult.Refused(CommandErrors.BUSY, "the store is away", 1_500);
        ada.say(command("r-1"));

        assertThat(results(ada)).singleElement().satisfies(result -> {
            assertThat(result.errorCode()).isEqualTo("BUSY");
            assertThat(result.retryAfterMillis()).isEqualTo(1_500);
            assertThat(result.requestId()).isEqualTo("r-1");
        });
    }

    @Test
    void takesCommandsWhileTheCellIsAway() {
        house.cells.answer = Admission.UNKNOWN;
        house.frame(TestWorld.cell(0), 1, 1, ada, 1, 0);
        house.pass(2_500);
        assertThat(((ClientSession) ada.session).state).isEqualTo(SessionState.REJOINING);
        ada.say(command("r-1"));
        hear(done(ada, "r-1", ""));

        assertThat(house.commands.submitted).hasSize(1);
        assertThat(results(ada)).hasSize(1);
    }

    @Test
    void boundsCommandsInFlightAndCountsARepeatedOneOnce() {
        IntStream.range(0, CommandCounter.IN_FLIGHT_COUNT_MAX).forEach(i -> ada.say(command("r-" + i)));
        ada.say(command("r-0"));
        assertThat(results(ada)).isEmpty();

        ada.say(command("one-more"));
        assertThat(results(ada)).singleElement().satisfies(result -> {
            assertThat(result.errorCode()).isEqualTo("TOO_MANY");
            assertThat(result.requestId()).isEqualTo("one-more");
            assertThat(result.retryAfterMillis()).isPositive();
        });
        hear(done(ada, "r-5", ""));
        ada.say(command("one-more"));

        assertThat(house.commands.submitted).hasSize(CommandCounter.IN_FLIGHT_COUNT_MAX + 2);
        assertThat(house.commands.submitted.getLast().wish().requestId()).isEqualTo("one-more");
    }

    @Test
    void forgetsACommandWhoseResultTakesVeryLong() {
        CommandsInFlight inFlight = new CommandsInFlight(2);
        assertThat(inFlight.enter("a", 0)).isTrue();
        assertThat(inFlight.enter("b", 20_000_000_000L)).isTrue();
        assertThat(inFlight.enter("c", 29_000_000_000L)).isFalse();
        assertThat(inFlight.enter("c", 30_000_000_000L)).isTrue();
        assertThat(inFlight.enter("d", 31_000_000_000L)).isFalse();
    }

    @Test
    void refusesACommandBeforeWelcomeWithoutEndingTheSession() {
        GatewayFixture.Client bob = house.client(2).hello("Bob", ProtocolVersion.MINOR);
        bob.say(command("r-1"));

        assertThat(results(bob)).singleElement().satisfies(result -> {
            assertThat(result.errorCode()).isEqualTo("BUSY");
            assertThat(result.retryAfterMillis()).isPositive();
        });
        assertThat(bob.session.closed()).isFalse();
        assertThat(house.commands.submitted).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithACommand() {
        assertThat(errorOf(new Command(TYPE, 0, "r", new byte[0]))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(errorOf(new Command(TYPE, 1, "", new byte[0]))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(errorOf(new Command(TYPE, 1, "r\u0000", new byte[0]))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(errorOf(new Command(TYPE, 1, "r", new byte[CommandWire.PAYLOAD_BYTES_MAX + 1])))
                .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(house.commands.submitted).isEmpty();
    }

    private ErrorCode errorOf(Command command) {
        GatewayFixture.Client bob = enter(house.client(2));
        bob.say(command);
        assertThat(bob.session.closed()).isTrue();
        return bob.error();
    }

    @Test
    void paysForCommandsFromTheSameBucketAsForAllElse() {
        for (int i = 0; i < GatewaySettings.Messages.defaults().burst() + 1; i++) {
            ada.say(command("r"));
        }

        assertThat(ada.error()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void leavesAnOlderClientAlone() {
        GatewayFixture.Client old = house.client(2).playing(TestWorld.cell(0));
        hear(done(old, "r-1", ""));
        hear(new LaneOutput.Events(old.id(), List.of(event("e-1"))));
        hear(new LaneOutput.Broadcast(TestWorld.ID, event("e-2")));

        assertThat(results(old)).isEmpty();
        assertThat(old.link.all(ServerMessage.Event.class)).isEmpty();
        assertThat(house.commands.attached).containsExactly(caller(ada));
        old.say(command("r-2"));
        assertThat(old.error()).isEqualTo(ErrorCode.UNKNOWN_MESSAGE);
        assertThat(house.commands.submitted).isEmpty();
    }

    @Test
    void tellsEventsToOneOrToAll() {
        GatewayFixture.Client bob = enter(house.client(2));
        hear(new LaneOutput.Events(ada.id(), List.of(event("e-1"))));
        hear(new LaneOutput.Broadcast(TestWorld.ID, event("e-2")));

        assertThat(ada.link.all(ServerMessage.Event.class))
                .extracting(ServerMessage.Event::id)
                .containsExactly("e-1", "e-2");
        assertThat(bob.link.all(ServerMessage.Event.class)).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo("evt.hex.captured");
            assertThat(event.key()).isEqualTo("hex:1,0");
            assertThat(event.payload()).asString(UTF_8).isEqualTo("{}");
        });
    }

    @Test
    void letsResultsWaitWhileTheClientHasEnoughToRead() {
        ada.link.queuedBytes = CommandCounter.QUEUED_BYTES_MAX + 1;
        hear(done(ada, "r-1", ""));
        hear(new LaneOutput.Events(ada.id(), List.of(event("e-1"))));
        house.pass(200);
        assertThat(results(ada)).isEmpty();

        ada.link.queuedBytes = CommandCounter.QUEUED_BYTES_MAX;
        hear(done(ada, "r-2", "")); // not before those that wait
        assertThat(results(ada)).isEmpty();
        house.pass(50);
        hear(done(ada, "r-3", ""));

        assertThat(results(ada))
                .extracting(ServerMessage.CommandResult::requestId)
                .containsExactly("r-1", "r-2", "r-3");
        assertThat(ada.link.all(ServerMessage.Event.class)).hasSize(1);
        assertThat(ada.session.closed()).isFalse();
    }

    @Test
    void endsAClientThatDoesNotReadItsResults() {
        ada.link.queuedBytes = CommandCounter.QUEUED_BYTES_MAX + 1;
        String long8k = "\"" + "x".repeat(CommandLimits.RESULT_BYTES_MAX - 2) + "\"";
        int count = 0;
        while (!ada.session.closed() && count < 1_000) {
            hear(done(ada, "r-" + count++, long8k));
        }

        assertThat(count).as("a lane keeps 256 for a character").isBetween(256, 400);
        assertThat(ada.error()).isEqualTo(ErrorCode.SLOW_CLIENT);
        assertThat(house.commands.detached).containsExactly(caller(ada));
        house.pass(100);
        assertThat(house.bugs).isEmpty();
    }

    @Test
    void serverWithoutCommandsSaysSo() {
        assertThat(CommandPort.none().submit(caller(ada), new CommandPort.Wish(TYPE, 1, "r", new byte[0])))
                .isInstanceOfSatisfying(
                        CommandPort.Submission.Refused.class,
                        refused -> assertThat(refused.result().errorCode()).isEqualTo("UNKNOWN_COMMAND"));
    }

    private GatewayFixture.Client enter(GatewayFixture.Client client) {
        return client.hello("Ada", ProtocolVersion.MINOR)
                .admitted(TestWorld.cell(0))
                .joined(TestWorld.cell(0), 0);
    }

    private void hear(LaneOutput output) {
        assertThat(house.gateway.inbox().offer(output)).isTrue();
        house.gateway.drain(house.nowNanos);
    }

    private static Command command(String requestId) {
        return new Command(TYPE, 2, requestId, "{}".getBytes(UTF_8));
    }

    private static LaneOutput.Result done(GatewayFixture.Client client, String requestId, String json) {
        return new LaneOutput.Result(client.id(), requestId, TYPE, new CommandResult.Done(json.getBytes(UTF_8)));
    }

    private static EventEnvelope event(String id) {
        return new EventEnvelope("evt.hex.captured", "hex:1,0", id, "", 0, "{}".getBytes(UTF_8));
    }

    private static CommandPort.Caller caller(GatewayFixture.Client client) {
        return new CommandPort.Caller(((ClientSession) client.session).character(), client.id());
    }

    private static List<ServerMessage.CommandResult> results(GatewayFixture.Client client) {
        return client.link.all(ServerMessage.CommandResult.class);
    }
}
