package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.space.HexPartition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bytes that every language reads alike, taken in by this client. */
class ClientGoldenTest {
    private static final Path GOLDEN = Path.of("../../protocol/client/src/test/resources/golden");
    private static final long ALICE = 0x0000_0007_0000_0001L;

    private final RecordingListener listener = new RecordingListener();
    private final TerraneClient client = TerraneClient.unconnected(
            ClientOptions.guest(URI.create("ws://127.0.0.1:1/ws"), "Alice"), listener, Clock.system());

    @Test
    void followsAWelcomeAKeyframeAndADelta() throws IOException {
        take("welcome.bin");
        assertThat(client.partition()).contains(new HexPartition(4, 4, 256));
        WireLayout layout = client.layout().orElseThrow();

        byte[] keyframe = Files.readAllBytes(GOLDEN.resolve("keyframe.bin"));
        take(TestFrames.snapshot(1, true, f -> f.keyframe(TestFrames.slice(0, 17), 299, 0, keyframe)));
        assertThat(client.entities()).hasSize(3);
        Entity alice = alice();
        assertThat(alice.worldX()).isEqualTo(10.5);
        assertThat(alice.worldY()).isEqualTo(-20.25);
        assertThat(alice.text(layout.flatIndexOf("kit.nameplate", "name"))).isEqualTo("Alice ✈");
        assertThat(alice.bits(layout.flatIndexOf("test.all", "big"))).isEqualTo(Long.MAX_VALUE);

        byte[] delta = Files.readAllBytes(GOLDEN.resolve("delta.bin"));
        take(TestFrames.snapshot(2, false, f -> f.delta(TestFrames.slice(0, 17), 299, delta)));
        assertThat(alice()).isSameAs(alice);
        assertThat(alice.worldX()).isEqualTo(11);
        assertThat(alice.text(layout.flatIndexOf("kit.nameplate", "name"))).isEqualTo("Bob");
        assertThat(alice.floatValue(layout.flatIndexOf("test.all", "ratio"))).isEqualTo(-2.5f);
        assertThat(listener.heard())
                .contains("left -4294967293 DESPAWNED from -200.0")
                .contains("entered 30064771081 at 0.0")
                .contains("event test.shot " + ALICE + " in 0,0");
    }

    @Test
    void hearsErrors() throws IOException {
        take("error.bin");
        assertThat(listener.heard()).containsExactly("error " + ErrorCode.VERSION_MISMATCH);
    }

    @Test
    void takesEveryOtherMessageOfAServer() throws IOException {
        take("welcome.bin");
        for (String name : new String[] {"info.bin", "game-message.bin", "ping.bin", "pong.bin"}) {
            take(name);
        }
        assertThat(listener.trips).hasSize(1);
        assertThat(client.welcome().orElseThrow().nextSeq()).isEqualTo(43);
    }

    private Entity alice() {
        return client.entities().stream()
                .filter(entity -> entity.id() == ALICE)
                .findFirst()
                .orElseThrow();
    }

    private void take(String name) throws IOException {
        take(Files.readAllBytes(GOLDEN.resolve(name)));
    }

    private void take(byte[] bytes) {
        client.receive(bytes, bytes.length);
    }
}
