package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of real processes is played while its nodes are hurt; players check what they are told. Each test leaves the cluster whole for the next, but the last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final int PLAYERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @TempDir
    static Path folder;

    private static ClusterProcess cluster;
    private static HttpClient http;
    /** Ships of an earlier test linger: names are not used twice. */
    private static int pilots;

    private final List<Traveller> travellers = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Path config = Files.writeString(folder.resolve("quiet.yaml"), """
                world: { partition: "%s", linger: 120 }
                aoi: { radius: 300 }
                checkpoint: { interval: 1 }
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 2 }
                """.formatted(Traveller.WORLD));
        http = HttpClient.newHttpClient();
        cluster = ClusterProcess.start(
                folder.resolve("cluster"),
                "--coordinators",
                "3",
                "--sims",
                "2",
                "--services",
                "0",
                "--gateways",
                "2",
                "--config",
                config.toString());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        http.shutdownNow();
    }

    @BeforeEach
    void join() {
        for (int i = 0; i < PLAYERS; i++) {
            travellers.add(traveller("g1", "pilot-" + (++pilots), cluster.guestToken("g1")));
        }
        until("all play", () -> travellers.stream().allMatch(traveller -> traveller.snapshots > 20));
        travellers.forEach(Traveller::forgetSilence);
    }

    @AfterEach
    void leave() {
        travellers.forEach(Traveller::close);
    }

    @Test
    @Order(1)
    void playersCrossBordersAndNoticeNothing() {
        Set<String> hosts = new HashSet<>();
        until("a player was simulated by two cells", () -> {
            String host = travellers.getFirst().region;
            if (host != null) {
                hosts.add(host);
            }
            return hosts.size() == 2;
        });

        assertPlayedOn(0);
        assertThat(travellers).allSatisfy(one -> assertThat(one.losses).isZero());
    }

    private Traveller traveller(String gateway, String name, String token) {
        return new Traveller(
                ClientOptions.guest(cluster.socket(gateway), name, http).withToken(token));
    }

    /** @param jumpMetres how far a ship may have been set back beyond what it can fly */
    private void assertPlayedOn(double jumpMetres) {
        assertThat(travellers).allSatisfy(one -> {
            assertThat(one.wrongs).isEmpty();
            assertThat(one.jumpMetresMax).as("set back or ahead").isLessThanOrEqualTo(jumpMetres);
            assertThat(one.metresFlown).as("flown").isPositive();
        });
    }

    private static void until(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + " did not come:\n" + cluster.output(), e);
        }
    }

    @Test
    @Order(6)
    void theLeadingCoordinatorIsKilledAndPlayDoesNotStop() {
        String leader = cluster.leader();
        List<Integer> before = travellers.stream().map(one -> one.snapshots).toList();
        cluster.signal(leader, "KILL");
        until("another leads", () -> !cluster.leader().equals(leader));
        for (int i = 0; i < PLAYERS; i++) {
            int snapshots = before.get(i);
            Traveller one = travellers.get(i);
            until("played on", () -> one.snapshots > snapshots + 60);
        }
        cluster.startAgain(leader);

        assertPlayedOn(0);
        assertThat(travellers).allSatisfy(one -> assertThat(one.losses).isZero());
    }

    @Test
    @Order(3)
    void aSimIsKilledAndItsCellsGoOnAtTheOther() {

        String big = cluster.owners("g1").get("2,0");
        cluster.signal(big, "KILL");
        until("others own all", () -> !cluster.owners("g1").containsValue(big));
        List<Integer> before = travellers.stream().map(one -> one.snapshots).toList();
        until("all play on", () -> {
            for (int i = 0; i < PLAYERS; i++) {
                if (travellers.get(i).snapshots < before.get(i) + 40) {
                    return false;
                }
            }
            return true;
        });

        assertPlayedOn(0);
        cluster.startAgain(big);
    }

    @Test
    @Order(4)
    void aSimStandsStillForTwoSecondsAndPlayGoesOn() throws InterruptedException {
        String s1 = cluster.owners("g1").get("2,0");
        cluster.signal(s1, "STOP");
        Thread.sleep(2_000);
        cluster.signal(s1, "CONT");
        List<Integer> before = travellers.stream().map(one -> one.snapshots).toList();
        until("all play on", () -> {
            for (int i = 0; i < PLAYERS; i++) {
                if (travellers.get(i).snapshots < before.get(i) + 60) {
                    return false;
                }
            }
            return true;
        });

        assertPlayedOn(0);
    }

    @Test
    @Order(5)
    void aGatewayIsKilledAndItsPlayersComeBackByTheOtherAsTheSameAvatar() {
        String token = cluster.guestToken("g2");
        Traveller first = traveller("g2", "nomad", token);
        until("plays by g2", () -> first.snapshots > 20);
        long ship = first.avatar;
        cluster.signal("g2", "KILL");
        until("lost", () -> first.losses > 0);
        first.close();
        Traveller second = traveller("g1", "nomad", token);
        travellers.add(second);
        until("plays by g1", () -> second.snapshots > 40);

        assertThat(second.avatar).isEqualTo(ship);
        assertThat(travellers)
                .as("those of the other gateway")
                .allSatisfy(one -> assertThat(one.losses).isZero());
        assertPlayedOn(0);
        cluster.startAgain("g2");
    }

    @Test
    @Order(9)
    void nothingIsLeftWhenWhoeverStartedItIsKilled() {
        List<ProcessFacts> nodes =
                cluster.facts().nodes().stream().map(NodeFacts::process).toList();
        Path database = folder.resolve("cluster/postgres/cluster/postmaster.pid");
        assertThat(database).exists();

        cluster.killSupervisor();

        until("all nodes are gone", () -> nodes.stream().allMatch(node -> node.state() == ProcessFacts.State.GONE));
        until("the database has ended", () -> Files.notExists(database));
    }
}
