package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.gateway.AdmissionAnswer.Reason;
import dev.terrane.gateway.AdmissionAnswer.Refused;
import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireSchemaCodec;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.Join;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import dev.terrane.protocol.cluster.CellOutput.JoinRefused;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellOutput.Moved;
import dev.terrane.protocol.cluster.CellOutput.SessionEnded;
import dev.terrane.protocol.cluster.CellPort;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final CellId WEST = TestWorld.cell(0);
    private static final CellId EAST = TestWorld.cell(1);

    private final GatewayFixture fixture = new GatewayFixture();

    @Test
    void welcomesWhoWasAdmittedAndJoined() {
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        Join join = fixture.cells.last(Join.class);
        assertThat(join)
                .isEqualTo(
                        new Join(client.id(), 3, TestWorld.player(1).verified().character(), 1, "Ada", 10, 10));
        client.joined(WEST, 41);

        Welcome welcome = client.link.last(Welcome.class);
        assertThat(welcome.world()).isEqualTo("test");
        assertThat(welcome.nextSeq()).isEqualTo(42);
        assertThat(welcome.partition())
                .isEqualTo(TestWorld.strips(3).partition().describe());
        assertThat(WireSchemaCodec.decode(welcome.schema())).isEqualTo(TestWorld.SCHEMA);
        ServerInfo info = client.link.last(ServerInfo.class);
        assertThat(info.worldId()).isEqualTo("test/0,0#0");
        assertThat(info.avatar()).isEqualTo(client.avatar());
        assertThat(fixture.gateway.sessions().playerCount(TestWorld.ID)).isEqualTo(1);
    }

    @Test
    void takesNameOfTokenWhenHelloHasNone() {
        fixture.client(5).hello("");
        assertThat(fixture.requests.getLast().name()).isEqualTo("token-5");
    }

    @Test
    void knowsItsOwnResumeTokenAndRefusesThatOfAnother() {
        Client first = fixture.client(1).playing(WEST);
        String token = first.link.last(Welcome.class).resumeToken();
        fixture.gateway.onClosed(first.session);

        Client again = fixture.client(1);
        again.say(new Hello(ProtocolVersion.MAJOR, 0, "test", "Ada", token, ""));
        assertThat(fixture.requests.getLast().resumed()).isTrue();

        Client thief = fixture.client(2);
        thief.say(new Hello(ProtocolVersion.MAJOR, 0, "test", "Eve", token, ""));
        assertThat(thief.error()).isEqualTo(ErrorCode.RESUME_REFUSED);
        assertThat(thief.link.closeCode).isEqualTo(4020);
    }

    @Test
    void joinsAnewWithTokenOfAnotherRun() {
        Client client = fixture.client(1);
        client.say(new Hello(ProtocolVersion.MAJOR, 0, "test", "Ada", "bm90IG91cnM", ""));
        assertThat(client.link.error().fatal()).isFalse();
        assertThat(client.error()).isEqualTo(ErrorCode.RESUME_REFUSED);
        assertThat(fixture.requests.getLast().resumed()).isFalse();
    }

    @Test
    void triesJoinAgainWhenInboxOfCellIsFull() {
        fixture.cells.answer = Admission.FULL;
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        fixture.cells.answer = Admission.ACCEPTED;
        fixture.pass(100);
        assertThat(fixture.cells.all(Join.class)).hasSize(1);
        client.joined(WEST, 0);
        assertThat(client.link.all(Welcome.class)).hasSize(1);
    }

    @Test
    void asksAgainWhereAvatarIsWhenCellIsAwayOrAvatarInTransit() {
        fixture.cells.answer = Admission.SEALED;
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        fixture.cells.answer = Admission.ACCEPTED;
        fixture.pass(300);
        assertThat(fixture.requests).hasSize(2);
        client.admitted(EAST);
        fixture.gateway.inbox().offer(new JoinRefused(client.id(), EAST, JoinRefused.Reason.IN_TRANSIT));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.pass(300);
        assertThat(fixture.requests).hasSize(3);
        assertThat(client.admitted(WEST).joined(WEST, 0).link.all(Welcome.class))
                .hasSize(1);
    }

    @Test
    void ignoresAnswerToAnEarlierAttempt() {
        fixture.cells.answer = Admission.UNKNOWN;
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        fixture.cells.answer = Admission.ACCEPTED;
        fixture.pass(300);
        fixture.gateway.inbox().offer(new AdmissionAnswer.Admitted(client.id(), 1, 1, WEST, 1, 0, 0));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(fixture.cells.all(Join.class)).isEmpty();
    }

    @Test
    void tellsWhenTheWorldIsFullOrDoesNotAnswer() {
        Client full = fixture.client(1).hello("Ada");
        fixture.gateway.inbox().offer(new Refused(full.id(), 1, Reason.WORLD_FULL, 700));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(full.error()).isEqualTo(ErrorCode.SERVER_FULL);
        assertThat(full.link.error().retryAfterMillis()).isEqualTo(700);

        Client unlucky = fixture.client(2).hello("Bob");
        fixture.gateway.inbox().offer(new Refused(unlucky.id(), 1, Reason.UNAVAILABLE, 0));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.pass(15_100);
        assertThat(unlucky.error()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(unlucky.link.closeCode).isEqualTo(4018);
    }

    @Test
    void endsSessionThatAnotherOneReplaced() {
        Client first = fixture.client(1).playing(WEST);
        fixture.gateway
                .inbox()
                .offer(new SessionEnded(
                        first.id(), TestWorld.player(1).verified().character(), SessionEnded.Reason.REPLACED));
        Client late = fixture.client(1).hello("Ada").admitted(WEST);
        fixture.gateway.inbox().offer(new JoinRefused(late.id(), WEST, JoinRefused.Reason.SUPERSEDED));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(first.link.closeCode).isEqualTo(4010);
        assertThat(late.link.closeCode).isEqualTo(4010);
        assertThat(fixture.cells.all(CellInput.Leave.class)).isEmpty();
        assertThat(fixture.gateway.sessions().playerCount(TestWorld.ID)).isZero();
    }

    @Test
    void resendsUnappliedInputsToTheCellThatTheAvatarMovedTo() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 0; i < 5; i++) {
            client.input();
        }
        fixture.gateway.inbox().offer(new Moved(client.id(), WEST, EAST, 7, client.avatar(), 2, 3));
        fixture.gateway.drain(fixture.nowNanos);
        client.input();

        assertThat(fixture.cells.accepted.stream()
                        .filter(offered -> offered.cell().equals(EAST)
                                && offered.epoch() == 7
                                && offered.message() instanceof CellInput.PlayerInput)
                        .map(offered -> ((CellInput.PlayerInput) offered.message()).seq()))
                .containsExactly(4, 5, 6);
        assertThat(client.link.last(ServerInfo.class).worldId()).isEqualTo("test/1,0#0");
        assertThat(client.link.closeCode).isZero();
    }

    @Test
    void playsOnInACellWhoseEpochTheOldOneDidNotKnow() {
        Client client = fixture.client(1).playing(WEST);
        fixture.gateway.inbox().offer(new Moved(client.id(), WEST, EAST, CellPort.ANY_EPOCH, client.avatar(), 2, 0));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.frame(EAST, 7, 100, client, 2, 0);
        fixture.frame(EAST, 7, 101, client, 2, 0);

        assertThat(client.link.snapshots()).hasSize(2);
        assertThat(fixture.requests).hasSize(1);
    }

    @Test
    void followsAvatarWhoseNewCellSpeaksBeforeTheOldOne() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(EAST, 7, 100, client, 2, 0);
        assertThat(client.link.snapshots()).hasSize(1);
        fixture.gateway.inbox().offer(new Moved(client.id(), WEST, EAST, 7, client.avatar(), 2, 0));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.frame(WEST, 1, 100, client, 1, 0);
        assertThat(client.link.snapshots()).hasSize(1);
        assertThat(client.link.all(ServerInfo.class)).hasSize(2);
    }

    @Test
    void rejoinsWhenItsCellStartsAgainAndKeepsInputsMeanwhile() {
        Client client = fixture.client(1).playing(WEST);
        client.input();
        fixture.gateway.inbox().offer(new CellUp(WEST, 2));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(fixture.requests).hasSize(2);
        for (int i = 0; i < 100; i++) {
            fixture.nowNanos += 50_000_000L;
            client.input();
        }
        assertThat(client.link.closeCode).isZero();
        client.admitted(WEST);
        fixture.gateway.inbox().offer(new Joined(client.id(), WEST, 2, client.avatar(), 1, 0));
        fixture.gateway.drain(fixture.nowNanos);

        assertThat(fixture.inputs()).hasSize(1 + 64);
        assertThat(fixture.inputs().getLast().seq()).isEqualTo(101);
        assertThat(client.link.all(Welcome.class)).hasSize(1);
        assertThat(client.link.last(ServerInfo.class).cellEpoch()).isEqualTo(2);
        assertThat(fixture.gateway.sessions().playerCount(TestWorld.ID)).isEqualTo(1);
    }

    @Test
    void rejoinsWhenNothingIsHeardOfItsCell() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 0; i < 50; i++) {
            client.say(new Ping(1));
            fixture.pass(50);
        }
        assertThat(fixture.requests).hasSize(2);
        assertThat(client.link.all(ServerError.class)).isEmpty();
    }

    @Test
    void letsAvatarLingerWhenConnectionIsGone() {
        Client client = fixture.client(1).playing(WEST);
        fixture.cells.answer = Admission.FULL;
        fixture.gateway.onClosed(client.session);
        fixture.gateway.onClosed(client.session);
        fixture.cells.answer = Admission.ACCEPTED;
        fixture.pass(50);
        assertThat(fixture.cells.all(CellInput.Leave.class)).containsExactly(new CellInput.Leave(client.id(), false));
        assertThat(fixture.gateway.sessions().sessionCount()).isZero();
    }

    @Test
    void answersFrameOfForgottenSessionByLeave() {
        Client client = fixture.client(1).playing(WEST);
        fixture.gateway.onClosed(client.session);
        fixture.cells.accepted.clear();
        fixture.frame(WEST, 1, 5, client, 1, 0);
        assertThat(fixture.cells.all(CellInput.Leave.class)).hasSize(1);
    }

    @Test
    void tellsEverybodyWhenTheServerStops() {
        Client client = fixture.client(1).playing(WEST);
        fixture.gateway.shutDown();
        Client late = fixture.client(2);
        assertThat(client.error()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        assertThat(client.link.closeCode).isEqualTo(1001);
        assertThat(late.link.closeCode).isEqualTo(1001);
        assertThat(fixture.cells.all(CellInput.GatewayGone.class)).hasSize(3);
    }

    @Test
    void watchesNeighbourTooAndAsksAgainWhenItIsSilent() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 1; i <= 44; i++) {
            client.say(new Ping(i));
            fixture.frame(WEST, 1, i, client, 1, 0);
            if (i == 1) {
                assertThat(watchesOf(EAST)).isEqualTo(1);
            }
            fixture.pass(50);
        }
        assertThat(watchesOf(EAST)).isEqualTo(2);
        assertThat(watchesOf(WEST)).isEqualTo(1);
    }

    private long watchesOf(CellId cell) {
        return fixture.cells.accepted.stream()
                .filter(offered -> offered.cell().equals(cell) && offered.message() instanceof CellInput.Watch)
                .count();
    }
}
