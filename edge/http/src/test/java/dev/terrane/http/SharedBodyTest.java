package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One body, written once, sent by many sockets behind heads of their own. */
class SharedBodyTest {
    private static final int CLIENT_COUNT = 3;
    private static final byte[] HEAD = {1, 2, 3};

    /** The frame's length takes one byte, three or nine, with the head on either side of the step. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 121, 122, 123, 65_531, 65_532, 65_533, 200_000})
    void sendsHeadAndBodyAsOneMessage(int bodyBytes) throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            List<TestSocket> clients = new ArrayList<>();
            List<ClientLink> links = new ArrayList<>();
            for (int i = 0; i < CLIENT_COUNT; i++) {
                clients.add(door.connect());
                ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
                assertThat(link).isNotNull();
                links.add(link.out());
            }
            byte[] body = new byte[bodyBytes];
            Arrays.fill(body, (byte) 9);
            door.http.onFirstLoop(() -> sendAll(door.gateway().bodies, body, links));
            for (int i = 0; i < CLIENT_COUNT; i++) {
                byte[] message = clients.get(i).next();
                assertThat(message).hasSize(1 + HEAD.length + bodyBytes);
                assertThat(message[0]).as("every client has its own head").isEqualTo((byte) i);
                assertThat(message).startsWith((byte) i, HEAD[0], HEAD[1], HEAD[2]);
                assertThat(Arrays.copyOfRange(message, 1 + HEAD.length, message.length))
                        .isEqualTo(body);
            }
        }
    }

    private static void sendAll(SharedBytes.Maker maker, byte[] content, List<ClientLink> links) {
        SharedBytes body = maker.make(content.length + 100);
        body.buffer().put(content);
        body.seal(content.length);
        for (int i = 0; i < links.size(); i++) {
            links.get(i).claim(64).put((byte) i).put(HEAD);
            links.get(i).commit(1 + HEAD.length, body);
        }
        body.release(); // before any of them is flushed: the links hold it now
        links.forEach(ClientLink::flush);
    }

    @Test
    void letsBodyGoWhenLinkIsGone() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            door.connect();
            ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
            assertThat(link).isNotNull();
            CompletableFuture<Integer> holders = new CompletableFuture<>();
            door.http.onFirstLoop(() -> {
                DoorBytes body = (DoorBytes) door.gateway().bodies.make(4096);
                body.seal(4096);
                link.out().close(1000, "");
                link.out().claim(64).put(HEAD);
                link.out().commit(HEAD.length, body);
                holders.complete(body.holderCount());
                body.release();
            });
            assertThat(holders.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(1);
        }
    }
}
