package dev.terrane.sdk.bots;

import static dev.terrane.sdk.TestFrames.slice;
import static dev.terrane.sdk.TestFrames.snapshot;
import static dev.terrane.sdk.TestFrames.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.conditions.LinkConditions;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.rule.TestModule;
import dev.terrane.sdk.TestFrames;
import dev.terrane.sdk.TinyServer;
import dev.terrane.sdk.TinyServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fleet against a server of a few lines, which answers each input with a snapshot. */
class BotFleetIT {
    private static final int BOT_COUNT = 3;

    @Test
    void reportsWhatItsBotsGot() throws Exception {
        try (TinyServer server = new TinyServer()) {
            Thread.ofVirtual().start(() -> play(server, 0));
            List<BotProgress> progress = new ArrayList<>();
            BotReport report = new BotFleet(
                            BotOptions.of(server.url(), BOT_COUNT, Duration.ofSeconds(2), Scenario.ROAM))
                    .run(progress::add);

            assertThat(report.errorsByKind()).isEmpty();
            assertThat(report.clientsJoined()).isEqualTo(BOT_COUNT);
            // One snapshot per input, and inputs come 20 times a second, if the machine lets them.
            assertThat(report.rates().snapshots()).isBetween(1.0, 25.0);
            assertThat(report.rates().snapshotsMin())
                    .isPositive()
                    .isLessThanOrEqualTo(report.rates().snapshots() + 0.01);
            assertThat(report.rates().bytes() / report.rates().snapshots()).isBetween(20.0, 1000.0);
            assertThat(report.roundTrips().p50()).isPositive();
            assertThat(report.staleness().p99())
                    .isGreaterThanOrEqualTo(report.staleness().p50());
            assertThat(progress).isNotEmpty().last().satisfies(last -> {
                assertThat(last.joined()).isEqualTo(BOT_COUNT);
                assertThat(last.durationSeconds()).isEqualTo(2);
            });
            for (String key : List.of(
                    "clientsJoined",
                    "errors",
                    "snapshotsPerSecondPerClient",
                    "bytesPerClientSecond",
                    "rttMillisP50",
                    "rttMillisP99",
                    "stalenessMillisP50",
                    "stalenessMillisP99")) {
                assertThat(report.toJson()).contains("\"" + key + "\":");
            }
            assertThat(report.toJson())
                    .startsWith("{\"clientsJoined\":3,\"errors\":0,")
                    .endsWith("\"errorsByKind\":{}}");
        }
    }

    @Test
    void sendsNoMoreInputsThanTheServerTicks() throws Exception {
        try (TinyServer server = new TinyServer()) {
            Thread.ofVirtual().start(() -> play(server, 0, 5));
            BotReport report = new BotFleet(
                            BotOptions.of(server.url(), BOT_COUNT, Duration.ofSeconds(2), Scenario.ROAM))
                    .run(_ -> {});
            // 5 a second, and at most those of a second that a slow machine makes up for.
            assertThat(report.rates().snapshots()).isBetween(0.5, 8.0);
        }
    }

    @Test
    void playsOverAWorseNetworkAndSaysSo() throws Exception {
        try (TinyServer server = new TinyServer()) {
            Thread.ofVirtual().start(() -> play(server, 0));
            BotReport report = new BotFleet(BotOptions.of(server.url(), BOT_COUNT, Duration.ofSeconds(3), Scenario.ROAM)
                            .withLink(LinkConditions.parse("rtt=100,jitter=20,stall=300,stalls=30,kbps=2000")))
                    .run(_ -> {});
            assertThat(report.errorsByKind()).isEmpty();
            assertThat(report.clientsJoined()).isEqualTo(BOT_COUNT);
            assertThat(report.rates().snapshotsMin()).isPositive();
            assertThat(report.roundTrips().p50()).isGreaterThanOrEqualTo(100);
            assertThat(report.toJson()).contains("\"link\":\"rtt=100,jitter=20,stall=300,stalls=30,kbps=2000\"");
            assertThat(report.toText()).contains("link        rtt=100,jitter=20,stall=300,stalls=30,kbps=2000");
        }
    }

    @Test
    void saysHowRightThoseWereWhoSteerAsPlayersDo() throws Exception {
        try (TinyServer server = new TinyServer()) {
            TestModule still = new TestModule();
            still.section = "format 1\nkit.position.x f32 in\n";
            server.moveBy(still.bytes());
            Thread.ofVirtual().start(() -> play(server, 0));
            BotReport report = new BotFleet(BotOptions.of(server.url(), BOT_COUNT, Duration.ofSeconds(2), Scenario.ROAM)
                            .withPredict(true))
                    .run(_ -> {});
            assertThat(report.errorsByKind()).isEmpty();
            assertThat(report.rates().snapshotsMin()).as("for each input one").isPositive();
            assertThat(report.prediction()).isEqualTo(new BotReport.Prediction(BOT_COUNT, 0, 0));
            assertThat(report.toJson())
                    .contains("\"predicting\":3,\"correctionsPerMinute\":0.000,\"correctionMetresMax\":0.000,");
            assertThat(report.toText()).contains("predicted   3, 0.0 corrections a minute each, the largest 0.00 m\n");
        }
    }

    @Test
    void countsErrorsByTheirKind() throws Exception {
        try (TinyServer server = new TinyServer()) {
            Thread.ofVirtual().start(() -> play(server, 1));
            BotReport report = new BotFleet(
                            BotOptions.of(server.url(), BOT_COUNT, Duration.ofSeconds(1), Scenario.FIGHT))
                    .run(_ -> {});
            assertThat(report.errorsByKind()).containsOnlyKeys("RATE_LIMITED");
            assertThat(report.prediction()).as("these send in turn").isNull();
            assertThat(report.errors()).isEqualTo(BOT_COUNT);
            assertThat(report.toJson()).contains("\"errors\":3").contains("\"errorsByKind\":{\"RATE_LIMITED\":3}");
        }
    }

    private static void play(TinyServer server, int complainAtSeq) {
        play(server, complainAtSeq, 20);
    }

    /** @param complainAtSeq input at which it sends an error, 0 for never @param hz how often it says that it ticks */
    private static void play(TinyServer server, int complainAtSeq, int hz) {
        for (int i = 0; i < BOT_COUNT; i++) {
            try {
                Peer peer = server.awaitPeer();
                Thread.ofVirtual().start(() -> serve(peer, complainAtSeq, hz));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void serve(Peer peer, int complainAtSeq, int hz) {
        try {
            peer.receive(ClientMessage.Hello.class);
            peer.send(welcome("resume", 1, hz));
            byte[] self = TestFrames.self(5);
            int tick = 1;
            peer.send(frame(tick, self));
            while (true) {
                switch (peer.receive()) {
                    case ClientInput input -> {
                        peer.send(frame(++tick, self));
                        if (input.seq() == complainAtSeq) {
                            peer.send(new ServerError(ErrorCode.RATE_LIMITED, "slower", false, 0, 0));
                        }
                    }
                    case Ping ping -> peer.send(new Pong(ping.sentAtMillis(), System.currentTimeMillis()));
                    default -> {}
                }
            }
        } catch (IOException | InterruptedException | AssertionError _) {
            // The bot has left.
        }
    }

    private static byte[] frame(int tick, byte[] self) {
        return snapshot(tick, false, frame -> {
            frame.self(self);
            frame.keyframe(slice(0, 1), tick, 0, new byte[] {0});
        });
    }
}
