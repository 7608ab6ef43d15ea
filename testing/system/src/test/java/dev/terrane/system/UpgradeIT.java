package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is played becomes the next minor release node by node; see {@link OtherBuild} for how that one is made. Each test goes on where the one before has left the cluster. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {
    private static final int PLAYERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UPGRADE_MINUTES_MAX = 6;

    @TempDir
    static Path folder;

    private static ClusterProcess cluster;
    private static HttpClient http;
    private static String next;
    private static final List<Traveller> TRAVELLERS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        next = OtherBuild.make(folder.resolve("next"), 2);
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
                "1",
                "--config",
                config.toString());
        for (int i = 0; i < PLAYERS; i++) {
            TRAVELLERS.add(new Traveller(ClientOptions.guest(cluster.socket("g1"), "pilot-" + i, http)
                    .withToken(cluster.guestToken("g1"))));
        }
        until("all play", () -> TRAVELLERS.stream().allMatch(traveller -> traveller.snapshots > 20));
    }

    @AfterAll
    static void stop() {
        TRAVELLERS.forEach(Traveller::close);
        cluster.close();
        http.shutdownNow();
    }

    @Test
    @Order(1)
    void everyNodeBecomesTheNextReleaseAndNobodyIsKicked() throws Exception {
        assertThat(upgrade(next)).contains("all nodes are of release 0.2.0");

        assertThat(cluster.status()).contains("all have agreed on release 0.1").doesNotContain(" 0.1.0");
        assertPlayedOn();
        assertThat(TRAVELLERS)
                .as("the only gateway was replaced")
                .allSatisfy(one -> assertThat(one.losses).isPositive());
    }

    @Test
    @Order(2)
    void aFollowingCoordinatorAndASimGoBackUnderALeaderOfTheNextRelease() throws Exception {
        String follower = cluster.leader().equals("c1") ? "c2" : "c1";
        replace(follower, OtherBuild.classPath());
        replace("s1", OtherBuild.classPath());
        List<Integer> losses = TRAVELLERS.stream().map(one -> one.losses).toList();
        until("both are known", () -> cluster.status().split(" 0\\.1\\.0", -1).length == 3);
        assertPlayedOn();

        assertThat(finish(next, 2)).contains("is of release 0.1.0");
        assertThat(upgrade(next)).contains(follower).contains("s1 ").doesNotContain("g1 ");

        assertPlayedOn();
        assertThat(TRAVELLERS.stream().map(one -> one.losses)).isEqualTo(losses);
    }

    @Test
    @Order(3)
    void afterTheAgreementOlderNodesAreRefusedAndTheNewKindOfEntryIsUsed() throws Exception {
        assertThat(finish(next, 0)).contains("all have agreed on release 0.2");

        assertThat(run(OtherBuild.classPath(), 2)).contains("there is no way back to 0.1.0");
        replace("s1", OtherBuild.classPath());
        until(
                "it is refused",
                () -> cluster.log("s1")
                        .contains("node s1 is of release 0.1.0, and this cluster has agreed on 0.2: start it with that"
                                + " one"));
        replace("s1", next);
        until("every cell has a whole copy again, as entries of the new kind say", () -> cluster.allCopied());
        assertPlayedOn();
    }

    @Test
    @Order(4)
    void aNodeOutsideTheWindowIsRefusedByEveryLink() throws Exception {
        String fourth = OtherBuild.make(folder.resolve("fourth"), 4);
        stop("s1");
        Thread starter =
                Thread.ofPlatform().daemon().start(() -> cluster.facts().askToStart("s1", fourth));
        until("its links are refused", () -> cluster.log("s1").contains("VERSION"));
        until(
                "others say why",
                () -> cluster.log("c1").contains("3..4") && cluster.log("c1").contains("1..2"));
        starter.interrupt();
        assertPlayedOn();
    }

    private static void assertPlayedOn() {
        List<Integer> before = TRAVELLERS.stream().map(one -> one.snapshots).toList();
        for (int i = 0; i < PLAYERS; i++) {
            Traveller one = TRAVELLERS.get(i);
            int snapshots = before.get(i);
            until("all play on", () -> one.snapshots > snapshots + 40);
        }
        assertThat(TRAVELLERS).allSatisfy(one -> {
            assertThat(one.wrongs).isEmpty();
            assertThat(one.jumpMetresMax).as("set back or ahead").isLessThanOrEqualTo(0);
            assertThat(one.metresFlown).as("flown").isPositive();
        });
    }

    private static void stop(String node) {
        ProcessFacts before = cluster.node(node).process();
        cluster.signal(node, "TERM");
        until(node + " ends", () -> before.state() == ProcessFacts.State.GONE);
    }

    private static void replace(String node, String classPath) {
        stop(node);
        assertThat(cluster.facts().askToStart(node, classPath)).isEmpty();
    }

    private static String upgrade(String classPath) throws Exception {
        return run(classPath, 0);
    }

    private static String run(String classPath, int code) throws Exception {
        return said(ServerProcess.terraneOf(classPath, "cluster", "upgrade", "--data", cluster.folder()), code);
    }

    private static String finish(String classPath, int code) throws Exception {
        return said(
                ServerProcess.terraneOf(classPath, "cluster", "upgrade", "--finish", "--data", cluster.folder()), code);
    }

    private static String said(Process process, int code) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(UPGRADE_MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said + "\n" + cluster.output()).isEqualTo(code);
        return said;
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
}
