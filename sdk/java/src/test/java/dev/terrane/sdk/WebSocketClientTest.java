package dev.terrane.sdk;

import static dev.terrane.sdk.TestFrames.welcome;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.sdk.TinyServer.Peer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WebSocketClientTest extends TerraneClientContract {
    @Override
    TinyServer open() throws IOException {
        return new TinyServer();
    }

    @Override
    ClientOptions guest(TinyServer to, String name) {
        return ClientOptions.guest(to.url(), name);
    }

    @Test
    void putsFragmentsTogether() throws Exception {
        Peer peer = server().awaitPeer();
        peer.sendInParts(ClientCodec.encode(welcome("resume", 1)));
        listener.await("opened");
    }
}
