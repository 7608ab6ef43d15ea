package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.server.cli.cluster.ProcessFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private static final int UPGRADE_MINUTES_MAX = 6;

    @TempDir
    static Path folder;

    private static PlayedCluster cluster;
    private static String next;

    @BeforeAll
    static void start() throws IOException {
        next = OtherBuild.make(folder.resolve("next"), 2);
        cluster = PlayedCluster.start(folder, 1);
        cluster.join(PLAYERS);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void everyNodeBecomesTheNextReleaseAndNobodyIsKicked() throws Exception {
        assertThat(upgrade(next)).contains("all nodes are of release 0.2.0");

        assertThat(cluster.nodes.status())
                .contains("all have agreed on release 0.1")
                .doesNotContain(" 0.1.0");
        assertPlayedOn();
        assertThat(cluster.travellers)
                .as("the only gateway was replaced")
                .allSatisfy(one -> assertThat(one.losses).isPositive());
    }

    @Test
    @Order(2)
    void aFollowingCoordinatorAndASimGoBackUnderALeaderOfTheNextRelease() throws Exception {
        String follower = cluster.nodes.leader().equals("c1") ? "c2" : "c1";
        replace(follower, OtherBuild.classPath());
        replace("s1", OtherBuild.classPath());
        List<Integer> losses =
                cluster.travellers.stream().map(one -> one.losses).toList();
        cluster.until("both are known", () -> cluster.nodes.status().split(" 0\\.1\\.0", -1).length == 3);
        assertPlayedOn();

        assertThat(finish(next, 2)).contains("is of release 0.1.0");
        assertThat(upgrade(next)).contains(follower).contains("s1 ").doesNotContain("g1 ");

        assertPlayedOn();
        assertThat(cluster.travellers.stream().map(one -> one.losses)).isEqualTo(losses);
    }

    @Test
    @Order(3)
    void afterTheAgreementOlderNodesAreRefusedAndTheNewKindOfEntryIsUsed() throws Exception {
        assertThat(finish(next, 0)).contains("all have agreed on release 0.2");

        assertThat(run(OtherBuild.classPath(), 2)).contains("there is no way back to 0.1.0");
        replace("s1", OtherBuild.classPath());
        cluster.until(
                "it is refused",
                () -> cluster.nodes
                        .log("s1")
                        .contains("node s1 is of release 0.1.0, and this cluster has agreed on 0.2: start it with that"
                                + " one"));
        replace("s1", next);
        cluster.until(
                "every cell has a whole copy again, as entries of the new kind say", () -> cluster.nodes.allCopied());
        assertPlayedOn();
    }

    @Test
    @Order(4)
    void aNodeOutsideTheWindowIsRefusedByEveryLink() throws Exception {
        String fourth = OtherBuild.make(folder.resolve("fourth"), 4);
        stop("s1");
        Thread starter =
                Thread.ofPlatform().daemon().start(() -> cluster.nodes.facts().askToStart("s1", fourth));
        cluster.until("its links are refused", () -> cluster.nodes.log("s1").contains("VERSION"));
        cluster.until(
                "others say why",
                () -> cluster.nodes.log("c1").contains("3..4")
                        && cluster.nodes.log("c1").contains("1..2"));
        starter.interrupt();
        assertPlayedOn();
    }

    private static void assertPlayedOn() {
        cluster.playOn(40);
        cluster.assertNothingWrong();
    }

    private static void stop(String node) {
        ProcessFacts before = cluster.nodes.node(node).process();
        cluster.nodes.signal("TERM", node);
        cluster.until(node + " ends", () -> before.state() == ProcessFacts.State.GONE);
    }

    private static void replace(String node, String classPath) {
        stop(node);
        assertThat(cluster.nodes.facts().askToStart(node, classPath)).isEmpty();
    }

    private static String upgrade(String classPath) throws Exception {
        return run(classPath, 0);
    }

    private static String run(String classPath, int code) throws Exception {
        return said(ServerProcess.terraneOf(classPath, "cluster", "upgrade", "--data", cluster.nodes.folder()), code);
    }

    private static String finish(String classPath, int code) throws Exception {
        return said(
                ServerProcess.terraneOf(classPath, "cluster", "upgrade", "--finish", "--data", cluster.nodes.folder()),
                code);
    }

    private static String said(Process process, int code) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(UPGRADE_MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said + "\n" + cluster.nodes.output()).isEqualTo(code);
        return said;
    }
}
