package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.ClientState;
import dev.terrane.sdk.ReconnectPolicy;
import dev.terrane.sdk.TerraneClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server in development that makes its players' networks worse. */
class LinkIT {
    /** After these the first pings are over. */
    private static final int TRIP_COUNT = 20;

    @TempDir
    static Path data;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(data, "--set", "dev.link=rtt=100");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesEverybodyTheNetworkOfTheConfiguration() {
        assertThat(rttMillis("")).isGreaterThanOrEqualTo(100);
        assertThat(server.output()).contains("a connection's network is made worse, as asked for", "rtt=100");
    }

    @Test
    void givesWhoAsksAnother() {
        assertThat(rttMillis("?link=rtt=200,jitter=20,stall=300,stalls=6")).isGreaterThanOrEqualTo(200);
    }

    @Test
    void leavesAloneWhoAsksForNone() {
        try (Trips trips = new Trips("?link=none")) {
            trips.until(() -> trips.count() >= TRIP_COUNT);
            assertThat(server.metric("ws_connections")).isEqualTo(1);
            assertThat(server.metric("ws_conditioned")).isZero();
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> server.metric("ws_connections") == 0);
    }

    @Test
    void saysWhichPartOfAWishIsWrong() {
        try (Trips trips = new Trips("?link=rtt=100,jitter=9999")) {
            trips.until(() -> trips.client.state() == ClientState.CLOSED);
            assertThat(trips.errors).containsExactly("link: jitter=9999 must be 0 to 1000 ms");
        }
    }

    @Test
    void letsBotsPlayOverWorseNetworks() throws Exception {
        Process bots = ServerProcess.terrane(
                "bots",
                "--url",
                server.socket() + "?link=none",
                "--count",
                "5",
                "--duration",
                "3s",
                "--link",
                "rtt=120,jitter=20,stall=300,stalls=6",
                "--json");
        String said = new String(bots.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bots.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("\"clientsJoined\":5,\"errors\":0")
                .contains("\"link\":\"rtt=120,jitter=20,stall=300,");
    }

    @Test
    void refusesBotsALinkThatCannotBe() throws Exception {
        Process bots = ServerProcess.terrane("bots", "--link", "rtt=fast");
        String said = new String(bots.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bots.waitFor()).isEqualTo(2);
        assertThat(said).contains("link: rtt='fast' must be a whole number");
    }

    private static double rttMillis(String query) {
        try (Trips trips = new Trips(query)) {
            trips.until(() -> trips.count() >= TRIP_COUNT);
            assertThat(server.metric("ws_conditioned")).isEqualTo(1);
            assertThat(trips.errors).isEmpty();
            assertThat(trips.millis).allMatch(trip -> trip >= 100);
            return trips.client.stats().rttMillis();
        } finally {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> server.metric("ws_connections") == 0);
        }
    }

    /** A client that counts its round trips. */
    private static final class Trips implements ClientListener, AutoCloseable {
        final List<Double> millis = new CopyOnWriteArrayList<>();
        final List<String> errors = new CopyOnWriteArrayList<>();
        final TerraneClient client;

        Trips(String query) {
            client = TerraneClient.connect(
                    ClientOptions.guest(URI.create(server.socket() + query), "Far away")
                            .withReconnect(ReconnectPolicy.NEVER),
                    this);
        }

        int count() {
            return millis.size();
        }

        void until(BooleanSupplier done) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(done::getAsBoolean);
        }

        @Override
        public void roundTrip(double trip) {
            millis.add(trip);
        }

        @Override
        public void error(ServerError error) {
            errors.add(error.message());
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
