package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.space.ChunkGrid;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cells on other nodes: what is offered to them has left, and nobody says whether it arrived. */
class CellsElsewhereTest {
    private static final CellId WEST = TestWorld.cell(0);
    private static final CellId EAST = TestWorld.cell(1);

    private final GatewayFixture fixture = new GatewayFixture();

    @Test
    void handsInputsOverAgainThatWereUnderwayWhenTheWayWasCut() {
        Client client = fixture.client(1).playing(WEST);
        client.input();
        client.input();
        client.input();
        fixture.frame(WEST, 1, 10, client, 1, 1);
        fixture.cells.accepted.clear();
        tell(new NodeNews.WayMended(List.of(WEST), () -> {}));
        client.input();
        assertThat(fixture.inputs().stream().map(CellInput.PlayerInput::seq)).containsExactly(2, 3, 4);
        assertThat(fixture.cells.all(CellInput.Watch.class)).isNotEmpty();
        unharmed(client);
    }

    @Test
    void offersNothingBeforeItHasHeardThatTheWayWasCut() {
        Client client = fixture.client(1).playing(WEST);
        client.input();
        client.input();
        fixture.cells.answer = Admission.SEALED; // as a door says that waits for its gateway
        client.input();
        tell(new NodeNews.WayMended(List.of(WEST), () -> fixture.cells.answer = Admission.ACCEPTED));
        assertThat(fixture.inputs().stream().map(CellInput.PlayerInput::seq)).containsExactly(1, 2, 1, 2, 3);
    }

    @Test
    void asksForItsJoinAgainThatWasUnderwayWhenTheWayWasCut() {
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        tell(new NodeNews.WayMended(List.of(EAST), () -> {}));
        assertThat(fixture.requests).hasSize(1);
        tell(new NodeNews.WayMended(List.of(WEST), () -> {}));
        assertThat(fixture.requests).hasSize(2);
        client.admitted(WEST).joined(WEST, 0);
        assertThat(client.link.all(Welcome.class)).hasSize(1);
    }

    @Test
    void playsOnWhereItsCellGoesOn() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 0; i < 4; i++) {
            client.input();
        }
        fixture.frame(WEST, 1, 10, client, 1, 2);
        fixture.cells.accepted.clear();
        fixture.gateway.inbox().offer(new CellUp(WEST, 2, true));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(fixture.cells.accepted.stream()
                        .filter(offered -> offered.message() instanceof CellInput.PlayerInput && offered.epoch() == 2)
                        .map(offered -> ((CellInput.PlayerInput) offered.message()).seq()))
                .as("what a frame has acknowledged may be lost with the tick that told of it")
                .containsExactly(1, 2, 3, 4);
        assertThat(fixture.cells.all(CellInput.Watch.class)).isNotEmpty();

        int snapshots = client.link.snapshots().size();
        fixture.frame(WEST, 1, 12, client, 1, 4); // its former owner does not know yet
        assertThat(client.link.snapshots()).hasSize(snapshots);
        fixture.frame(WEST, 2, 11, client, 1, 4);
        assertThat(client.link.snapshots()).hasSize(snapshots + 1);
        assertThat(client.link.last(ServerInfo.class).cellEpoch()).isEqualTo(2);
        assertThat(fixture.requests).hasSize(1);
        unharmed(client);
    }

    @Test
    void handsOverAgainWhatACellHasForgottenThatWasTakenOver() {
        Client client = fixture.client(1).playing(WEST);
        for (int i = 0; i < 30; i++) {
            client.input();
            fixture.frame(WEST, 1, 10 + i, client, 1, i);
        }
        assertThat(resumedAt(client, 27)).containsExactly(28, 29, 30);
        assertThat(resumedAt(client, 20)).startsWith(21).endsWith(30);
        assertThat(resumedAt(client, 2))
                .as("it began anew from an image: what it has forgotten is long ago")
                .containsExactly(30);
    }

    private List<Integer> resumedAt(Client client, int ackedSeq) {
        fixture.pass(2_500);
        client.admitted(WEST);
        fixture.cells.accepted.clear();
        fixture.gateway.inbox().offer(new Joined(client.id(), WEST, 2, client.avatar(), 1, ackedSeq));
        fixture.gateway.drain(fixture.nowNanos);
        return fixture.inputs().stream().map(CellInput.PlayerInput::seq).toList();
    }

    @Test
    void joinsAnewWhereTheCellThatGoesOnDoesNotKnowIt() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(WEST, 1, 10, client, 1, 0);
        fixture.gateway.inbox().offer(new CellUp(WEST, 2, true));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.pass(900);
        assertThat(fixture.requests).hasSize(1);
        fixture.pass(600);
        assertThat(fixture.requests).hasSize(2);
        client.admitted(WEST);
        fixture.gateway.inbox().offer(new Joined(client.id(), WEST, 2, client.avatar(), 1, 0));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.frame(WEST, 2, 20, client, 1, 0);
        assertThat(client.link.snapshots()).hasSize(2);
        unharmed(client);
    }

    @Test
    void doesNotBelieveAnOwnerThatWasReplaced() {
        Client client = fixture.client(1).hello("Ada").admitted(WEST);
        fixture.gateway.inbox().offer(new CellUp(WEST, 2));
        fixture.gateway.inbox().offer(new Joined(client.id(), WEST, 1, client.avatar(), 1, 0));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(client.link.all(Welcome.class)).isEmpty();
        assertThat(fixture.requests).hasSize(2);
        client.admitted(WEST);
        fixture.gateway.inbox().offer(new Joined(client.id(), WEST, 2, client.avatar(), 1, 0));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(client.link.all(Welcome.class)).hasSize(1);
    }

    @Test
    void watchesAgainWhatIsNotShownWhileTheCellSpeaks() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(WEST, 1, 1, client, 1, 0);
        int watched = fixture.cells.all(CellInput.Watch.class).size();
        for (int tick = 2; tick < 90; tick++) {
            client.say(new Ping(tick));
            fixture.frame(WEST, 1, tick, client, 1, 0); // without a single slice
            fixture.pass(50);
        }
        assertThat(fixture.cells.accepted.stream()
                        .filter(offered -> offered.cell().equals(WEST) && offered.message() instanceof CellInput.Watch)
                        .count())
                .isGreaterThan(1);
        assertThat(fixture.cells.all(CellInput.Watch.class)).hasSizeGreaterThan(watched);
        assertThat(fixture.requests).hasSize(1);
        unharmed(client);
    }

    @Test
    void turnsAwaySlicesThatNobodyHereWatches() {
        Client client = fixture.client(1).playing(WEST);
        ModelCell west = new ModelCell(
                WEST, new ChunkGrid(TestWorld.strips(3).partition().bounds(WEST.region()), TestWorld.CHUNK_METRES), 1);
        int stray = west.grid.chunkCount() - 1;
        west.watch(new int[] {stray});
        Rng rng = new Rng(1);
        for (int tick = 1; tick < 100; tick++) {
            west.stir(rng);
            fixture.gateway.inbox().offer(west.frame(tick));
            fixture.gateway.drain(fixture.nowNanos);
        }
        List<CellInput.Unwatch> unwatches = fixture.cells.all(CellInput.Unwatch.class);
        assertThat(unwatches).isNotEmpty();
        assertThat(unwatches).allMatch(unwatch -> Arrays.equals(unwatch.chunks(), new int[] {stray}));
        unharmed(client);
    }

    @Test
    void joinsAndWatchesUnderItsNewNumber() {
        Client playing = fixture.client(1).playing(WEST);
        fixture.frame(WEST, 1, 1, playing, 1, 0);
        fixture.client(2).hello("Bob").admitted(WEST);
        fixture.cells.accepted.clear();
        tell(new NodeNews.Numbered(64 * 9 + 3));
        assertThat(fixture.cells.all(CellInput.Watch.class))
                .isNotEmpty()
                .allMatch(watch -> watch.gateway() == 64 * 9 + 3);
        assertThat(fixture.requests).hasSize(4);
        for (Admissions.Request request : fixture.requests.subList(2, 4)) {
            fixture.gateway
                    .inbox()
                    .offer(new AdmissionAnswer.Admitted(request.session(), request.attempt(), 2, WEST, 1, 0, 0));
        }
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(fixture.cells.all(CellInput.Join.class)).hasSize(2).allMatch(join -> join.gateway() == 64 * 9 + 3);
        playing.joined(WEST, 0);
        unharmed(playing);
    }

    @Test
    void goesOnAtAnotherGateway() {
        Client here = fixture.client(1).playing(WEST);
        String token = here.link.last(Welcome.class).resumeToken();
        GatewayFixture other = new GatewayFixture();
        Client there = other.client(1);
        there.say(new Hello(ProtocolVersion.MAJOR, 0, "test", "Ada", token, ""));
        assertThat(other.requests.getLast().resumed()).isTrue();
        there.admitted(WEST).joined(WEST, 17);
        assertThat(there.link.last(Welcome.class).nextSeq()).isEqualTo(18);

        fixture.gateway
                .inbox()
                .offer(new CellOutput.SessionEnded(
                        here.id(),
                        TestWorld.player(1).verified().character(),
                        CellOutput.SessionEnded.Reason.REPLACED));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(here.link.closeCode).isEqualTo(4010);
        unharmed(there);
    }

    @Test
    void doesNotTakeItsCharacterFromASessionThatWasLetInElsewhereMeanwhile() {
        Client here = fixture.client(1).playing(WEST);
        fixture.pass(2_500); // nothing is heard, also not that it was replaced
        Admissions.Request again = fixture.requests.getLast();
        assertThat(again.heldGeneration()).isEqualTo(1);
        assertThat(fixture.requests.getFirst().heldGeneration()).isZero();
        fixture.gateway
                .inbox()
                .offer(new AdmissionAnswer.Refused(
                        here.id(), again.attempt(), AdmissionAnswer.Reason.SUPERSEDED, 2_000));
        fixture.gateway.drain(fixture.nowNanos);
        assertThat(here.session.closed()).isTrue();
        assertThat(here.link.error().retryAfterMillis()).isPositive();
        assertThat(fixture.cells.all(CellInput.Join.class)).hasSize(1);
    }

    private void tell(NodeNews news) {
        fixture.gateway.inbox().offer(news);
        fixture.gateway.drain(fixture.nowNanos);
    }

    private static void unharmed(Client client) {
        assertThat(client.link.all(ServerError.class)).isEmpty();
        assertThat(client.link.closeCode).isZero();
    }
}
