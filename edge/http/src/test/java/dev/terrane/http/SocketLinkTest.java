package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.ClientLink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sockets of one loop put their frames together in the same memory, and neither gets a byte of the other's. */
class SocketLinkTest {
    private TestDoor door;
    private TestSocket ada;
    private TestSocket bob;
    private ClientLink toAda;
    private ClientLink toBob;

    @BeforeEach
    void connectTwo() throws Exception {
        door = TestDoor.open(TestDoor.settings());
        ada = door.connect();
        toAda = nextLink();
        bob = door.connect();
        toBob = nextLink();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private ClientLink nextLink() throws InterruptedException {
        ScriptedGateway.Link link = door.gateway().opened.poll(60, TimeUnit.SECONDS);
        assertThat(link).isNotNull();
        return link.out();
    }

    @Test
    void keepsWhatIsCommittedAndNotFlushedWhileAnotherSocketIsWrittenTo() throws Exception {
        onLoop(() -> {
            say(toAda, 1);
            say(toBob, 2);
            toBob.flush();
            say(toAda, 3);
            say(toAda, 4);
            toAda.flush();
        });
        assertThat(bob.next()).containsExactly(2);
        assertThat(ada.next()).containsExactly(1);
        assertThat(ada.next()).containsExactly(3);
        assertThat(ada.next()).containsExactly(4);
    }

    @Test
    void letsTwoSocketsClaimAtTheSameTime() throws Exception {
        onLoop(() -> {
            ByteBuffer forAda = toAda.claim(10);
            ByteBuffer forBob = toBob.claim(10);
            forAda.put((byte) 1);
            forBob.put((byte) 2);
            forAda.put((byte) 1);
            toBob.commit(1);
            toBob.flush();
            toAda.commit(2);
            toAda.flush();
        });
        assertThat(bob.next()).containsExactly(2);
        assertThat(ada.next()).containsExactly(1, 1);
    }

    @Test
    void sendsWhatIsLongerThanTheSharedMemory() throws Exception {
        byte[] message = new byte[FrameScratch.BYTES + 1];
        Arrays.fill(message, (byte) 7);
        onLoop(() -> {
            say(toAda, 1);
            toAda.claim(message.length).put(message);
            toAda.commit(message.length);
            say(toAda, 2);
            toAda.flush();
        });
        assertThat(ada.next()).containsExactly(1);
        assertThat(ada.next()).isEqualTo(message);
        assertThat(ada.next()).containsExactly(2);
    }

    @Test
    void forgetsWhatIsReleased() throws Exception {
        onLoop(() -> {
            toAda.claim(10).put((byte) 1);
            toAda.release();
            say(toAda, 2);
            toAda.flush();
        });
        assertThat(ada.next()).containsExactly(2);
    }

    @Test
    void saysWhenAClaimIsMissingOrStillOpen() throws Exception {
        onLoop(() -> {
            assertThatThrownBy(() -> toAda.commit(1)).hasMessageContaining("nothing is claimed");
            assertThatThrownBy(toAda::release).hasMessageContaining("nothing is claimed");
            toAda.claim(1);
            assertThatThrownBy(() -> toAda.claim(1)).hasMessageContaining("still open");
            toAda.release();
        });
    }

    private static void say(ClientLink link, int word) {
        link.claim(10).put((byte) word);
        link.commit(1);
    }

    private void onLoop(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        door.http.onFirstLoop(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        done.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
