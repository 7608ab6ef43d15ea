package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.AdmissionAnswer;
import dev.terrane.gateway.ConnectionLimits;
import dev.terrane.protocol.client.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningHttpTest {
    @Test
    void saysGoodByeToEverySessionAndStopsListening() throws Exception {
        TestDoor door = TestDoor.open(TestDoor.settings(), 2, new ConnectionLimits(10, 10));
        List<TestSocket> sockets = new ArrayList<>();
        for (int connection = 0; connection < 4; connection++) {
            sockets.add(door.connect());
        }
        int port = door.http.port();
        door.http.close(Duration.ofSeconds(5));
        for (TestSocket socket : sockets) {
            assertThat(socket.nextError()).isEqualTo(ErrorCode.SHUTTING_DOWN);
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
        for (ScriptedGateway gateway : door.gateways) {
            assertThat(gateway.closed).as("the gateway knows").hasSize(2);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        door.client.shutdownNow();
    }

    @Test
    void cutsOffWhoDoesNotAnswerTheGoodBye() throws Exception {
        TestDoor door = TestDoor.open(TestDoor.settings());
        try (Socket silent = new Socket("127.0.0.1", door.http.port())) {
            byte[] request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            silent.getOutputStream().write(request);
            assertThat(silent.getInputStream().read())
                    .as("the door has let it in")
                    .isEqualTo('H');
            silent.getOutputStream().write(request, 0, 20);
            door.http.close(Duration.ofMillis(200));
            assertThat(isCutOff(silent)).isTrue();
        }
        door.client.shutdownNow();
    }

    /** By an orderly end, or by a reset where the door had not read everything yet. */
    private static boolean isCutOff(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void wakesTheLoopOnceForBurstAndKeepsTheTimerGoing() throws Exception {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            ScriptedGateway gateway = door.gateway();
            int before = drainsBesideTheTimers(door);
            for (int message = 0; message < 10; message++) {
                gateway.inbox().offer(new AdmissionAnswer.Refused(1, 1, AdmissionAnswer.Reason.UNAVAILABLE, 0));
            }
            // The scripted gateway never says that it begins to drain, so only the first message may wake it.
            assertThat(drainsBesideTheTimers(door) - before).isEqualTo(1);
            assertThat(gateway.timerRan.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Read on the loop, where each run of the timer drains once and nothing is half done. */
    private static int drainsBesideTheTimers(TestDoor door) {
        CompletableFuture<Integer> drains = new CompletableFuture<>();
        ScriptedGateway gateway = door.gateway();
        door.http.onFirstLoop(() -> drains.complete(gateway.drains.get() - gateway.timerRan.availablePermits()));
        return drains.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void saysWhichAddressIsTaken() {
        try (TestDoor door = TestDoor.open(TestDoor.settings())) {
            int port = door.http.port();
            assertThatThrownBy(() -> TestDoor.open(HttpServerSettings.onLoopback(port)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void namesEveryMistakeOfTheSettingsAtOnce() {
        HttpServerSettings wrong = new HttpServerSettings(
                new ListenSettings(" ", 70_000),
                new SocketSettings("ws", 1, 0, 1, -1),
                new RestSettings(
                        new RestPaths("/api/", "/admin/metrics", "/admin"),
                        1,
                        0,
                        0,
                        new GuestSettings(true, Duration.ZERO, 0, 0)),
                new TrustSettings(List.of("play.example.org/"), true, List.of("10.0.0.0/40", "proxy")),
                List.of(new SiteRoot("canvas", "")),
                null);
        assertThatThrownBy(() -> TestDoor.open(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "server.host",
                        "server.port = 70000",
                        "server.wsPath = ws",
                        "maxWsFrameBytes = 1",
                        "server.restPrefix",
                        "server.metricsPath = /admin/metrics lies under server.adminPrefix = /admin",
                        "guestBurst = 0",
                        "server.corsOrigins",
                        "10.0.0.0/40",
                        "proxy",
                        "server.sites");
        assertThat(HttpServerSettings.onLoopback(8080).mistakes()).isEmpty();
    }
}
