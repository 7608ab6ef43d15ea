package dev.terrane.sdk;

import static dev.terrane.sdk.TestFrames.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.sdk.TinyServer.Peer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpClientTest extends TerraneClientContract {
    @Override
    TinyServer open() throws IOException {
        return TinyServer.overTcp();
    }

    @Override
    ClientOptions guest(TinyServer to, String name) {
        return ClientOptions.guest(to.url(), name).withGuestsFrom(to.http());
    }

    @Test
    void putsMessagesTogetherThatComeInPieces() throws Exception {
        Peer peer = server().awaitPeer();
        peer.sendInParts(ClientCodec.encode(welcome("resume", 1)));
        listener.await("opened");
    }

    @Test
    void takesMessagesOfAMegabyteAndEndsWhatPretendsToBeMore() throws Exception {
        Peer peer = join("first", 1);
        byte[] large = ClientCodec.encode(new GameMessage(1, 0, new byte[1_000_000]));
        peer.send(large);
        peer.sendRaw(new byte[] {-1, -1, -1, 127});
        listener.await("message 1000000");
        listener.await("lost MALFORMED");
        assertThat(server().awaitPeer().receive(Hello.class).resumeToken()).isEqualTo("first");
    }

    @Test
    void hangsUpInOrderWithEverythingSentWhenItIsClosed() throws Exception {
        try (TinyServer server = open()) {
            RecordingListener heard = new RecordingListener();
            TerraneClient client = TerraneClient.connect(guest(server, "Eve"), heard);
            Peer peer = server.awaitPeer();
            peer.send(welcome("resume", 1));
            heard.await("opened");
            for (int i = 0; i < 50; i++) {
                client.message(9, i, new byte[1_000]);
            }
            client.close();
            for (int i = 0; i < 50; i++) {
                assertThat(peer.receive(GameMessage.class).requestId()).isEqualTo(i);
            }
            peer.awaitEnd();
        }
    }

    @Test
    void resumesOverTheOtherWayWhenItsOwnIsGone() throws Exception {
        RecordingListener heard = new RecordingListener();
        try (TinyServer stream = open();
                TinyServer web = new TinyServer();
                TerraneClient roamer = TerraneClient.connect(
                        ClientOptions.guest(stream.url(), "Bob")
                                .withReconnect(AT_ONCE)
                                .withOthers(List.of(web.url())),
                        heard)) {
            Peer first = stream.awaitPeer();
            assertThat(first.authorization()).as("a token of the other one's").isEqualTo("Bearer guest-1");
            first.send(welcome("first", 1));
            heard.await("opened");
            first.cut();
            Peer second = web.awaitPeer();
            Hello hello = second.receive(Hello.class);
            assertThat(hello.resumeToken()).isEqualTo("first");
            assertThat(hello.token()).as("its handshake has told it").isEmpty();
            second.send(welcome("second", 9));
            heard.await("opened");
            assertThat(roamer.input(Input.NONE)).isEqualTo(9);
        }
    }

    @Test
    void saysWhatAGuestLacksAndWhatIsNoAddress() {
        ClientOptions nowhere = ClientOptions.guest(URI.create("tcp://127.0.0.1:9"), "Ada");
        assertThatThrownBy(() -> TerraneClient.connect(nowhere, listener))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tcp://127.0.0.1:9")
                .hasMessageContaining("withGuestsFrom");
        for (String wrong : List.of("tls://host", "tcp:///x", "tls://host:1/ws", "http://host:1/")) {
            assertThatThrownBy(() -> ClientOptions.guest(URI.create(wrong), "Ada"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong)
                    .hasMessageContaining("tls://host:port");
        }
    }

    @Test
    void triesAgainWhenNobodyAnswers() throws Exception {
        RecordingListener heard = new RecordingListener();
        TinyServer gone = open();
        URI url = gone.url();
        gone.close();
        try (TerraneClient client = TerraneClient.connect(
                ClientOptions.guest(url, "Ada").withToken("a.b.c").withReconnect(AT_ONCE), heard)) {
            heard.await("lost NONE");
            heard.await("closed NONE");
            assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        }
    }
}
