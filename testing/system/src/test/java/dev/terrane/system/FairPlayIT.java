package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who cheats is kicked where the operator wants that, whether the cell that notices it is in the same process as his gateway or in another. */
class FairPlayIT {
    /** No tick of this world is so far ahead. */
    private static final int FAR_AHEAD_TICKS = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aCheaterIsKickedAndKeptAway() {
        try (ServerProcess server = ServerProcess.start(
                folder, "--set", "fairplay.report=10", "--set", "fairplay.kick=20", "--set", "fairplay.kickFor=600")) {
            String token = RawClient.guestToken(server);
            assertIsKicked(server.socket(), token);
            assertThat(server.metric("fairplay_kicks_total")).isEqualTo(1);
            assertThat(server.get("/metrics")).contains("fairplay_reports_total{fate=\"lost\"} 0.0");
            assertThat(server.output()).contains("suspected of unfair play");

            try (RawClient again = RawClient.connect(server.socket(), token)) {
                again.send(hello());
                ServerError refused = again.await(ServerError.class);
                assertThat(refused.code()).isEqualTo(ErrorCode.KICKED);
                assertThat(refused.retryAfterMillis()).isBetween(1, 600_001);
            }
        }
    }

    @Test
    void aCheaterIsKickedByAGatewayWhoseCellsAreElsewhere() throws IOException {
        Path config = Files.writeString(folder.resolve("strict.yaml"), "fairplay: { report: 10, kick: 20 }\n");
        try (ClusterProcess cluster = ClusterProcess.start(
                folder.resolve("cluster"),
                "--coordinators",
                "1",
                "--sims",
                "1",
                "--services",
                "0",
                "--gateways",
                "1",
                "--config",
                config.toString())) {
            assertIsKicked(cluster.socket("g1"), cluster.guestToken("g1"));
            assertThat(cluster.metric("g1", "fairplay_kicks_total")).isEqualTo(1);
        }
    }

    private static void assertIsKicked(URI socket, String token) {
        try (RawClient cheater = RawClient.connect(socket, token)) {
            cheater.send(hello());
            int seq = cheater.await(Welcome.class).nextSeq();
            ServerError error = null;
            while (error == null) {
                ServerMessage said = cheater.await(ServerMessage.class);
                if (said instanceof ServerSnapshot snapshot) {
                    int tick = seq % 2 == 0 ? 0 : snapshot.tick() + FAR_AHEAD_TICKS;
                    cheater.send(ClientCodec.encode(new ClientInput(seq++, tick, 0, 0, 0, 0, 0, 0)));
                }
                error = said instanceof ServerError told ? told : null;
            }
            assertThat(error.code()).isEqualTo(ErrorCode.KICKED);
            assertThat(error.fatal()).isTrue();
            assertThat(cheater.closeCode()).isEqualTo(ErrorCode.KICKED.closeCode());
        }
    }

    private static byte[] hello() {
        return ClientCodec.encode(
                new Hello(ProtocolVersion.MAJOR, ProtocolVersion.MINOR, "", "Mallory", "", "system-test/1.0"));
    }
}
