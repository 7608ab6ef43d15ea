package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.gateway.TokenCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that end before, or while, their session begins. */
class SocketBeginTest {
    @Test
    void givesThePlaceBackAndClosesTheSocketWhenTheGatewayFailsToOpenASession() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 1, new ConnectionLimits(1, 1))) {
            door.gateway().failsToOpen = true;
            TestSocket unlucky = door.connect();
            assertThat(unlucky.ended()).isTrue();
            door.gateway().failsToOpen = false;
            TestSocket next = door.connect();
            next.send(new byte[] {5});
            assertThat(next.next()).containsExactly(5);
        }
    }

    @Test
    void opensNoSessionForASocketThatIsClosedAlready() throws Exception {
        Vertx vertx = Vertx.vertx();
        ConnectionLimits onePlace = new ConnectionLimits(1, 1);
        try (TestDoor door = TestDoor.open(TestDoor.settings(), 1, onePlace)) {
            SocketDoor sockets = new SocketDoor(TestDoor.settings(), door.ports, new Refusals());
            GatewayLoop loop = new GatewayLoop(0, (ContextInternal) vertx.getOrCreateContext(), Clock.system());
            loop.settle(door.gateway());
            assertThat(onePlace.tryEnter("10.0.0.1")).isEqualTo(ConnectionLimits.Entry.ACCEPTED);
            TokenCheck.Accepted token =
                    (TokenCheck.Accepted) door.ports.keys().verifier().verify(door.token(), System.currentTimeMillis());
            CompletableFuture<Void> opened = new CompletableFuture<>();
            HttpServer server = vertx.createHttpServer()
                    .webSocketHandler(socket -> {
                        socket.closeHandler(closed -> {
                            sockets.open(
                                    loop, socket, new ConnectionFacts("10.0.0.1", token.token()), LinkConditions.NONE);
                            opened.complete(null);
                        });
                        socket.close();
                    })
                    .listen(0, "127.0.0.1")
                    .await(60, TimeUnit.SECONDS);
            door.client
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.actualPort() + "/"), new TestSocket());
            opened.orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(door.gateway().opened).isEmpty();
            assertThat(onePlace.tryEnter("10.0.0.1")).isEqualTo(ConnectionLimits.Entry.ACCEPTED);
        } finally {
            vertx.close().await(60, TimeUnit.SECONDS);
        }
    }
}
