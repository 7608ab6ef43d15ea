package dev.terrane.sdk;

import static dev.terrane.sdk.TestFrames.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.ServerMessage.Event;
import dev.terrane.sdk.TinyServer.Peer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is true of a client by whichever way it reaches its server, which a test serves by hand. */
abstract class TerraneClientContract {
    static final ReconnectPolicy AT_ONCE = new ReconnectPolicy(1, 1, 5);

    final RecordingListener listener = new RecordingListener();
    private TinyServer server;
    private TerraneClient client;

    /** A server that clients reach by this way. */
    abstract TinyServer open() throws IOException;

    /** How a guest goes there. */
    abstract ClientOptions guest(TinyServer to, String name);

    @BeforeEach
    void connect() throws IOException {
        server = open();
        client = TerraneClient.connect(
                guest(server, "Ada").withReconnect(AT_ONCE).withWorld("test"), listener);
    }

    TinyServer server() {
        return server;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void greetsAsAGuestAndIsWelcomed() throws Exception {
        Peer peer = server.awaitPeer();
        Hello hello = peer.receive(Hello.class);
        assertThat(hello.name()).isEqualTo("Ada");
        assertThat(hello.world()).isEqualTo("test");
        assertThat(hello.resumeToken()).isEmpty();
        assertThat(peer.authorization()).isEqualTo("Bearer guest-1");
        peer.send(welcome("resume", 1));
        listener.await("opened");
        assertThat(client.state()).isEqualTo(ClientState.OPEN);
    }

    @Test
    void numbersInputsFromWhereTheServerWantsThemAndKeepsThemInRange() throws Exception {
        assertThat(client.input(Input.NONE)).isZero();
        Peer peer = join("resume", 41);
        assertThat(client.input(new Input(2, -0.5f, 1, 3, 2))).isEqualTo(41);
        assertThat(client.input(Input.NONE)).isEqualTo(42);
        ClientInput first = peer.receive(ClientInput.class);
        assertThat(first.seq()).isEqualTo(41);
        assertThat(first.moveX()).isEqualTo(1);
        assertThat(first.moveY()).isEqualTo(-0.5f);
        assertThat(first.held()).isEqualTo(3);
        assertThat(first.pressed()).isEqualTo(2);
        assertThat(peer.receive(ClientInput.class).seq()).isEqualTo(42);
    }

    @Test
    void comesBackWithItsResumeTokenAfterTheConnectionWasCut() throws Exception {
        join("first", 1).cut();
        listener.await("lost NONE");
        Peer second = server.awaitPeer();
        assertThat(second.receive(Hello.class).resumeToken()).isEqualTo("first");
        assertThat(second.authorization()).isEqualTo("Bearer guest-1");
        second.send(welcome("second", 17));
        listener.await("opened");
        assertThat(client.input(Input.NONE)).isEqualTo(17);
        assertThat(client.stats().reconnectCount()).isEqualTo(1);
    }

    @Test
    void goesToAnotherGatewayWhenItsOwnIsLostAndResumesThere() throws Exception {
        RecordingListener heard = new RecordingListener();
        try (TinyServer first = open();
                TinyServer second = open();
                TerraneClient roamer = TerraneClient.connect(
                        guest(first, "Bob").withReconnect(AT_ONCE).withOthers(List.of(second.url())), heard)) {
            Peer own = first.awaitPeer();
            own.send(welcome("first", 1));
            heard.await("opened");
            own.cut();
            Peer there = second.awaitPeer();
            assertThat(there.receive(Hello.class).resumeToken()).isEqualTo("first");
            assertThat(there.authorization()).as("known there, too").isEqualTo(own.authorization());
            there.send(welcome("second", 9));
            heard.await("opened");
            assertThat(roamer.input(Input.NONE)).isEqualTo(9);
            there.cut();
            assertThat(first.awaitPeer().receive(Hello.class).resumeToken()).isEqualTo("second");
        }
    }

    @Test
    void startsAfreshWhenResumingIsRefused() throws Exception {
        Peer first = join("first", 1);
        first.fail(ErrorCode.RESUME_REFUSED);
        listener.await("lost RESUME_REFUSED");
        assertThat(server.awaitPeer().receive(Hello.class).resumeToken()).isEmpty();
    }

    @Test
    void takesAnotherTokenWhenTheOldOneHasExpired() throws Exception {
        join("first", 1).fail(ErrorCode.TOKEN_EXPIRED);
        listener.await("error TOKEN_EXPIRED");
        assertThat(server.awaitPeer().authorization()).isEqualTo("Bearer guest-2");
        assertThat(server.guestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"SESSION_REPLACED", "KICKED"})
    void givesUpWhenAnotherAttemptCouldOnlyFailAgain(ErrorCode code) throws Exception {
        join("first", 1).fail(code);
        listener.await("closed " + code);
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(client.input(Input.NONE)).isZero();
        assertThat(server.hasPeer()).isFalse();
    }

    @Test
    void connectsAnewWhenTheServerCannotBeFollowed() throws Exception {
        Peer peer = join("first", 1);
        peer.send(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        listener.await("lost MALFORMED");
        assertThat(server.awaitPeer().receive(Hello.class).resumeToken()).isEqualTo("first");
    }

    @Test
    void answersPingsAndAsksItsOwn() throws Exception {
        Peer peer = join("first", 1);
        Ping ping = peer.receive(Ping.class);
        peer.send(new Pong(ping.sentAtMillis(), 1e12));
        peer.send(new Ping(123));
        assertThat(peer.receive(Pong.class).sentAtMillis()).isEqualTo(123);
        assertThat(listener.trips)
                .singleElement()
                .satisfies(trip -> assertThat(trip).isNotNegative());
        assertThat(client.stats().serverOffsetMillis()).isNotNaN();
    }

    @Test
    void sendsMessagesOfTheGame() throws Exception {
        Peer peer = join("resume", 1);
        assertThat(client.message(7, 9, new byte[] {1, 2})).isTrue();
        GameMessage message = peer.receive(GameMessage.class);
        assertThat(message.type()).isEqualTo(7);
        assertThat(message.requestId()).isEqualTo(9);
        assertThat(message.payload()).containsExactly(1, 2);
    }

    @Test
    void triesAgainWhenTheServerIsFullAndGivesUpAtTheLimit() throws Exception {
        server.refuseNext(2);
        join("first", 1).cut();
        server.refuseNext(100);
        listener.await("closed TOO_MANY_CONNECTIONS");
    }

    @Test
    void asksForTheResultOfACommandAgainAfterTheConnectionWasCut() throws Exception {
        Peer first = join("first", 1);
        CompletableFuture<CommandAnswer> told = client.command("cmd.test.do", 2, "r-1", new byte[] {'{', '}'});
        assertThat(first.receive(Command.class).requestId()).isEqualTo("r-1");
        first.cut();
        Peer second = join("second", 1);
        Command again = second.receive(Command.class);
        assertThat(again.requestId()).isEqualTo("r-1");
        assertThat(again.version()).isEqualTo(2);
        second.send(new CommandResult("r-1", "cmd.test.do", true, "", "", 0, new byte[] {'7'}));
        second.send(new CommandResult("r-1", "cmd.test.do", true, "", "", 0, new byte[] {'7'}));

        CommandAnswer answer = told.get(60, TimeUnit.SECONDS);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommandAnswer.Done.class,
                        done -> assertThat(done.payload()).containsExactly('7'));
        assertThat(second.receive(ResultAck.class).requestIds()).containsExactly("r-1");
    }

    @Test
    void tellsAnEventOnce() throws Exception {
        Peer peer = join("resume", 1);
        peer.send(new Event("evt.test.done", "k", "e-1", new byte[0]));
        peer.send(new Event("evt.test.done", "k", "e-1", new byte[0]));
        peer.send(new Event("evt.test.done", "k", "e-2", new byte[0]));
        listener.await("happened e-2");

        assertThat(listener.happenedCount()).isEqualTo(2);
    }

    Peer join(String resumeToken, int nextSeq) throws Exception {
        Peer peer = server.awaitPeer();
        peer.send(welcome(resumeToken, nextSeq));
        listener.await("opened");
        return peer;
    }
}
