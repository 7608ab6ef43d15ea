package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Trust;
import dev.terrane.sdk.bots.BotFleet;
import dev.terrane.sdk.bots.BotOptions;
import dev.terrane.sdk.bots.BotReport;
import dev.terrane.sdk.bots.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes players over TCP with TLS, as a user starts it. */
class TcpIT {
    @TempDir
    static Path folder;

    private static PemPair pair;
    private static ServerProcess server;
    private static URI tls;
    private static ClientOptions.Tcp tcp;

    @BeforeAll
    static void start() throws Exception {
        pair = PemPair.make(folder);
        server = ServerProcess.start(
                folder.resolve("data"),
                "--set",
                "server.tcp.enabled=true",
                "--set",
                "server.tcp.port=0",
                "--set",
                "server.tcp.tls.certFile=" + pair.certificate(),
                "--set",
                "server.tcp.tls.keyFile=" + pair.key());
        tls = toldTo();
        tcp = new ClientOptions.Tcp(server.http("/"), Trust.in(pair.certificate()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Where a guest is told to go. */
    private static URI toldTo() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.http("/api/v1/guest"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher told = Pattern.compile("\"tcp\"\\s*:\\s*\"(tls://127\\.0\\.0\\.1:\\d+)\"")
                    .matcher(answer.body());
            assertThat(told.find()).as(answer.body()).isTrue();
            return URI.create(told.group(1));
        }
    }

    @Test
    void carriesFightersWithoutAnError() throws InterruptedException {
        BotReport report = new BotFleet(BotOptions.of(tls, 20, Duration.ofSeconds(5), Scenario.FIGHT)
                        .withTcp(tcp))
                .run(progress -> {});

        assertThat(report.clientsJoined()).isEqualTo(20);
        assertThat(report.errorsByKind()).isEmpty();
        assertThat(report.rates().snapshots()).isPositive();
        assertThat(server.metric("tcp_accepted_total")).isGreaterThanOrEqualTo(20);
        assertThat(server.metric("ws_accepted_total")).isZero();
    }

    @Test
    void bringsAPlayerBackToTheSameShipAfterTheConnectionWasCut() throws Exception {
        try (CutWire wire = new CutWire(tls.getPort());
                Player player = Player.join(ClientOptions.guest(URI.create("tls://127.0.0.1:" + wire.port()), "Ada")
                        .withTcp(tcp))) {
            long ship = player.avatar;
            wire.cut();
            player.until("lost", () -> player.losses > 0);
            wire.mend();
            player.until("welcomed again", () -> player.welcomes == 2);
            int before = player.snapshots;
            player.until("plays on", () -> player.snapshots > before + 20);
            assertThat(player.avatar).isEqualTo(ship);
            assertThat(player.errors).isEmpty();
        }
    }

    @Test
    void takesBotsFromTheCommandLine() throws Exception {
        Process bots = ServerProcess.terrane(
                "bots",
                "--url",
                tls.toString(),
                "--ca",
                pair.certificate().toString(),
                "--rest",
                server.http("/").toString(),
                "--count",
                "3",
                "--duration",
                "1s",
                "--json");
        String output = new String(bots.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bots.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("\"clientsJoined\":3,\"errors\":0");
        assertThat(bots.exitValue()).isZero();
    }

    @Test
    void doesNotStartBeyondLoopbackWithoutTls() throws Exception {
        for (List<String> more :
                List.of(List.<String>of(), List.of("--set", "server.tcp.tls.certFile=" + pair.certificate()))) {
            Process refused = ServerProcess.terrane(java.util.stream.Stream.concat(
                            List.of(
                                    "run",
                                    "--port",
                                    "0",
                                    "--set",
                                    "server.host=0.0.0.0",
                                    "--set",
                                    "auth.jwt.secret=" + "s".repeat(40),
                                    "--set",
                                    "server.tcp.enabled=true")
                                    .stream(),
                            more.stream())
                    .toArray(String[]::new));
            String output = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("server.tcp.tls.certFile");
            assertThat(refused.exitValue()).isEqualTo(2);
        }
    }
}
