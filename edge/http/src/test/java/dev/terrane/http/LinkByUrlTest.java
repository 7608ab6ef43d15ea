package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.conditions.LinkConditions;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real sockets over links that are worse than they are. */
class LinkByUrlTest {
    private static final DevelopmentSettings ON_REQUEST = new DevelopmentSettings(true, LinkConditions.NONE);

    @Test
    void makesTheLinkOfWhoeverAsksAsBadAsHeWants() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings().with(ON_REQUEST))) {
            TestSocket far = door.connect("/ws?link=rtt%3D200&token=" + door.token());
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            assertThat(echoMillis(far)).isGreaterThanOrEqualTo(200);
            TestSocket near = door.connect();
            near.send(new byte[] {3});
            assertThat(near.next()).containsExactly(3);
        }
    }

    @Test
    void makesEverybodysLinkAsBadAsTheServerIsTold() throws Exception {
        LinkConditions all = LinkConditions.parse("rtt=200");
        try (TestDoor door = TestDoor.open(TestDoor.settings().with(new DevelopmentSettings(true, all)))) {
            assertThat(echoMillis(door.connect())).isGreaterThanOrEqualTo(200);
            ScriptedGateway.Link far = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(far).isNotNull();
            door.connect("/ws?link=none&token=" + door.token());
            ScriptedGateway.Link near = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(near).isNotNull();
            assertThat(queuedAfterHalfAMegabyte(door, far)).isGreaterThan(300_000);
        }
    }

    @Test
    void saysWhichPartOfAWishCannotBeRead() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings().with(ON_REQUEST))) {
            TestSocket socket = door.connect("/ws?link=rtt%3D100,jitter%3Dmuch&token=" + door.token());
            assertThat(socket.nextMessage()).isInstanceOfSatisfying(ServerError.class, error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.MALFORMED);
                assertThat(error.message()).isEqualTo("link: jitter='much' must be a whole number");
            });
            assertThat(socket.closeCode()).isEqualTo(ErrorCode.MALFORMED.closeCode());
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    @Test
    void refusesWishesWhereNobodyDevelops() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            TestSocket socket = door.connect("/ws?link=rtt%3D100&token=" + door.token());
            assertThat(socket.nextMessage())
                    .isInstanceOfSatisfying(
                            ServerError.class,
                            error -> assertThat(error.message())
                                    .isEqualTo(
                                            "link: only a server with server.env = dev makes links worse on request"));
            assertThat(door.gateway().opened).isEmpty();
        }
    }

    @Test
    void goesOnAfterAnEndWhileMessagesAreUnderWay() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings().with(ON_REQUEST))) {
            TestSocket leaving = door.connect("/ws?link=rtt%3D1000&token=" + door.token());
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            leaving.send(new byte[] {1});
            door.http.onFirstLoop(() -> link.send(new byte[] {2}));
            leaving.socket().abort();
            assertThat(door.gateway().closed.poll(60, TimeUnit.SECONDS)).isEqualTo(link);
            TestSocket next = door.connect();
            next.send(new byte[] {3});
            assertThat(next.next()).containsExactly(3);
        }
    }

    private static long echoMillis(TestSocket socket) throws Exception {
        long sent = System.nanoTime();
        socket.send(new byte[] {9});
        assertThat(socket.next()).containsExactly(9);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent);
    }

    private static long queuedAfterHalfAMegabyte(TestDoor door, ScriptedGateway.Link link) {
        CompletableFuture<Long> queued = new CompletableFuture<>();
        door.http.onFirstLoop(() -> {
            for (int i = 0; i < 50; i++) {
                link.send(new byte[10_000]);
            }
            queued.complete(link.out().queuedBytes());
        });
        return queued.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
