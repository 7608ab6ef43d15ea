package dev.terrane.sdk;

import static dev.terrane.sdk.TestFrames.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.rule.TestModule;
import dev.terrane.sdk.TinyServer.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that is steered, against a server that a test plays by hand: it answers each input with the state after that tick, which is what the rule makes of it,
 * the ticks since the first times their seconds.
 */
class SteeredClientTest {
    private static final int FIRST_TICK = 100;
    private static final float SECONDS = 0.05f;
    private static final ReconnectPolicy AT_ONCE = new ReconnectPolicy(1, 1, 5);

    private final RecordingListener listener = new RecordingListener();
    private final List<AutoCloseable> open = new ArrayList<>();
    private float pushed;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private TinyServer server(boolean web, byte[] rule) throws IOException {
        TinyServer server = web ? new TinyServer() : TinyServer.overTcp();
        open.add(server);
        server.moveBy(rule);
        return server;
    }

    private ClientOptions guest(TinyServer server) {
        return ClientOptions.guest(server.url(), "Ada")
                .withGuestsFrom(server.http())
                .withReconnect(AT_ONCE);
    }

    private TerraneClient steered(ClientOptions options) {
        TerraneClient client = TerraneClient.connect(options, listener);
        open.add(client);
        client.steer(() -> new Input(1, 1, 0, 0, 0));
        return client;
    }

    private Peer join(TinyServer server) throws Exception {
        Peer peer = server.awaitPeer();
        peer.send(welcome("resume", 1));
        listener.await("opened");
        return peer;
    }

    private float xAfter(int tick) {
        float x = pushed;
        for (int each = FIRST_TICK; each < tick; each++) {
            x += SECONDS;
        }
        return x;
    }

    private void tell(Peer peer, int tick) throws IOException {
        peer.send(TestFrames.snapshot(tick, tick == FIRST_TICK, f -> f.self(TestFrames.self(xAfter(tick)))));
    }

    /** Plays until it has answered so many inputs. */
    private List<ClientInput> play(Peer peer, int inputCount) throws Exception {
        List<ClientInput> inputs = new ArrayList<>();
        while (inputs.size() < inputCount) {
            ClientMessage message = peer.receive();
            if (message instanceof Ping ping) {
                peer.send(new Pong(ping.sentAtMillis(), 1e12));
            } else if (message instanceof ClientInput input) {
                inputs.add(input);
                tell(peer, input.clientTick());
            }
        }
        return inputs;
    }

    private void playUntilPredicted(Peer peer, TerraneClient client) throws Exception {
        while (client.predicted().isEmpty()) {
            play(peer, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsAtOnceWhatItsInputsWillDo(boolean web) throws Exception {
        TinyServer server = server(web, new TestModule().bytes());
        TerraneClient client = steered(guest(server));
        Peer peer = join(server);
        tell(peer, FIRST_TICK);
        playUntilPredicted(peer, client);
        List<ClientInput> inputs = play(peer, 5);

        for (int i = 1; i < inputs.size(); i++) {
            assertThat(inputs.get(i).seq()).isEqualTo(inputs.get(i - 1).seq() + 1);
            assertThat(inputs.get(i).clientTick())
                    .isGreaterThan(inputs.get(i - 1).clientTick());
        }
        assertThat(inputs.getFirst().clientTick()).isGreaterThan(FIRST_TICK);
        assertThat(inputs.getFirst().moveX()).as("no faster than straight on").isEqualTo((float) Math.sqrt(0.5));
        Predicted predicted = client.predicted().orElseThrow();
        assertThat(predicted.tick()).isGreaterThan(FIRST_TICK);
        assertThat(predicted.floatValue("kit.position", "x")).isEqualTo(xAfter(predicted.tick()));
        assertThat(predicted.has("kit.position", "z")).as("nobody told it").isFalse();
        assertThat(client.sampleSelf().orElseThrow().x()).isGreaterThan(50);
        ClientStats.Prediction stats = client.stats().prediction();
        assertThat(stats.predicting()).isTrue();
        assertThat(stats.inputReserveMillis()).isPositive();
        assertThat(stats.correctionsPerMinute()).isZero();
    }

    @Test
    void tellsByHowMuchItWasWrong() throws Exception {
        TinyServer server = server(true, new TestModule().bytes());
        TerraneClient client = steered(guest(server));
        Peer peer = join(server);
        tell(peer, FIRST_TICK);
        playUntilPredicted(peer, client);
        play(peer, 5);
        pushed = 3;
        play(peer, 1);
        assertThat(listener.await("corrected")).isEqualTo("corrected by 3");
        pushed = 200;
        play(peer, 1);
        assertThat(listener.await("corrected by a leap")).isNotEmpty();
        ClientStats.Prediction stats = client.stats().prediction();
        assertThat(stats.correctionsPerMinute()).as("a leap is none").isPositive();
        assertThat(stats.correctionMetresMax()).isBetween(2.9, 3.1);
    }

    @Test
    void goesOnInAnotherConnectionWithTheRuleThatItHasAndAsksForTheNewOne() throws Exception {
        TinyServer server = server(true, new TestModule().bytes());
        TerraneClient client = steered(guest(server));
        Peer first = join(server);
        tell(first, FIRST_TICK);
        playUntilPredicted(first, client);
        first.cut();
        Peer second = join(server);
        assertThat(client.predicted()).as("of the old connection").isEmpty();
        tell(second, FIRST_TICK);
        playUntilPredicted(second, client);
        while (server.ruleCount() < 2) {
            play(second, 1);
        }
        assertThat(client.predicted()).isPresent();

        server.moveBy(new byte[0]);
        second.cut();
        Peer third = join(server);
        tell(third, FIRST_TICK);
        while (client.stats().prediction().predicting()) {
            play(third, 1);
        }
        assertThat(listener.heard()).noneMatch(heard -> heard.startsWith("not predicted"));
    }

    @Test
    void predictsByTheRuleThatTheServerHasAfterARestart() throws Exception {
        TestModule still = new TestModule();
        still.step = "00 0b"; // nothing moves
        TinyServer server = server(true, still.bytes());
        TerraneClient client = steered(guest(server));
        Peer first = join(server);
        tell(first, FIRST_TICK);
        playUntilPredicted(first, client);
        play(first, 3);
        assertThat(listener.await("corrected"))
                .as("a tick's way, in whole metres")
                .isEqualTo("corrected by 0");

        server.moveBy(new TestModule().bytes());
        first.cut();
        Peer second = join(server);
        tell(second, FIRST_TICK);
        while (client.stats().prediction().correctionsPerMinute() > 0 && !isRight(client)) {
            play(second, 1);
        }
        Predicted predicted = client.predicted().orElseThrow();
        assertThat(predicted.floatValue("kit.position", "x")).isEqualTo(xAfter(predicted.tick()));
    }

    private boolean isRight(TerraneClient client) {
        return client.predicted()
                .filter(predicted -> predicted.tick() > FIRST_TICK + 20)
                .filter(predicted -> predicted.floatValue("kit.position", "x") == xAfter(predicted.tick()))
                .isPresent();
    }

    @Test
    void steersWithoutPredictionWhereTheWorldHasNoRule() throws Exception {
        TinyServer server = server(true, new byte[0]);
        TerraneClient client = steered(guest(server));
        Peer peer = join(server);
        tell(peer, FIRST_TICK);
        play(peer, 3);
        assertThat(client.predicted()).isEmpty();
        assertThat(client.sampleSelf()).isEmpty();
        assertThat(client.stats().prediction().predicting()).isFalse();
        assertThat(listener.heard()).noneMatch(heard -> heard.startsWith("not predicted"));
    }

    @Test
    void saysWhyNothingIsPredicted() throws Exception {
        TinyServer server = server(true, new byte[] {1, 2, 3});
        steered(guest(server));
        Peer peer = join(server);
        assertThat(listener.await("not predicted"))
                .contains("the movement rule of http://127.0.0.1:")
                .contains("is refused: it is no valid WebAssembly");
        tell(peer, FIRST_TICK);
        assertThat(play(peer, 2)).hasSize(2);
    }

    @Test
    void saysThatNobodyToldWhereRulesAre() throws Exception {
        TinyServer server = server(false, new TestModule().bytes());
        steered(ClientOptions.guest(server.url(), "Ada").withToken("own").withReconnect(AT_ONCE));
        join(server);
        assertThat(listener.await("not predicted")).contains("withGuestsFrom does");
    }

    @Test
    void takesNoRuleThatIsTooLarge() throws Exception {
        TinyServer server = server(true, new byte[2 << 20]);
        steered(guest(server));
        join(server);
        assertThat(listener.await("not predicted")).isNotEmpty();
    }

    @Test
    void refusesARuleThatTakesAFieldForAnotherKind() throws Exception {
        TestModule module = new TestModule();
        module.section = "format 1\nskirmish.craft.kind f32 inout\n";
        TinyServer server = server(true, module.bytes());
        steered(guest(server));
        join(server);
        assertThat(listener.await("not predicted"))
                .contains("takes skirmish.craft.kind for FLOAT, but in this world it is INT");
    }

    @Test
    void asksForNoRuleThatNobodyWants() throws Exception {
        TinyServer server = server(true, new TestModule().bytes());
        TerraneClient client = steered(guest(server).withPredict(false));
        Peer peer = join(server);
        tell(peer, FIRST_TICK);
        play(peer, 2);
        assertThat(client.predicted()).isEmpty();
        assertThat(server.ruleCount()).isZero();
    }

    @Test
    void endsWhenItIsToldTo() throws Exception {
        TinyServer server = server(true, new TestModule().bytes());
        TerraneClient client = TerraneClient.connect(guest(server), listener);
        open.add(client);
        Runnable end = client.steer(() -> Input.NONE);
        Peer peer = join(server);
        tell(peer, FIRST_TICK);
        play(peer, 2);
        end.run();
        int last = client.lastSeq();
        client.sampleSelf();
        assertThat(client.lastSeq()).isEqualTo(last);
    }
}
