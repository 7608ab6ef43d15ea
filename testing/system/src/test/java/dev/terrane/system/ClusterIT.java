package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.server.cli.cluster.NodeFacts;
import dev.terrane.server.cli.cluster.ProcessFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** Not what we want, which is measured elsewhere, but what no machine may need. */
    private static final long SILENCE_MILLIS_MAX = 10_000;

    @TempDir
    static Path folder;

    private static PlayedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = PlayedCluster.start(folder, 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void join() {
        cluster.join(PLAYERS);
    }

    @AfterEach
    void leave() {
        cluster.leave();
    }

    @Test
    @Order(1)
    void playersCrossBordersAndNoticeNothing() {
        Set<String> hosts = new HashSet<>();
        cluster.until("a player was simulated by two cells", () -> {
            String host = cluster.travellers.getFirst().region;
            if (host != null) {
                hosts.add(host);
            }
            return hosts.size() == 2;
        });

        cluster.assertNothingWrong();
        cluster.assertNobodyDisconnected();
    }

    @Test
    @Order(6)
    void theLeadingCoordinatorIsKilledAndPlayDoesNotStop() {
        String leader = cluster.nodes.leader();
        cluster.nodes.signal("KILL", leader);
        cluster.until("another leads", () -> !cluster.nodes.leader().equals(leader));
        cluster.playOn(60);
        cluster.nodes.startAgain(leader);

        cluster.assertNothingWrong();
        cluster.assertNobodyDisconnected();
    }

    @Test
    @Order(3)
    void aSimIsKilledAndItsCellsGoOnAtTheOther() {
        cluster.untilCopied();
        String big = cluster.nodes.owners("g1").get("2,0");
        cluster.nodes.signal("KILL", big);
        cluster.until("others own all", () -> !cluster.nodes.owners("g1").containsValue(big));
        cluster.playOn(40);

        cluster.assertNothingWrong();
        cluster.nodes.startAgain(big);
    }

    @Test
    @Order(4)
    void aSimStandsStillUntilOthersHaveItsCellsAndPlayGoesOn() {
        cluster.untilCopied();
        String s1 = cluster.nodes.owners("g1").get("2,0");
        cluster.nodes.signal("STOP", s1);
        try {
            cluster.until("others own all", () -> !cluster.nodes.owners("g1").containsValue(s1));
        } finally {
            cluster.nodes.signal("CONT", s1); // or it could not even be asked to end
        }
        cluster.playOn(60);

        cluster.assertNothingWrong();
    }

    @Test
    @Order(5)
    void aGatewayIsKilledAndItsPlayersComeBackByTheOtherAsTheSameAvatar() {
        String token = cluster.nodes.guestToken("g2");
        Traveller first = cluster.traveller("g2", "nomad", token);
        cluster.until("plays by g2", () -> first.snapshots > 20);
        long ship = first.avatar;
        cluster.nodes.signal("KILL", "g2");
        cluster.until("lost", () -> first.losses > 0);
        first.close();
        Traveller second = cluster.traveller("g1", "nomad", token);
        cluster.travellers.add(second);
        cluster.until("plays by g1", () -> second.snapshots > 40);

        assertThat(second.avatar).isEqualTo(ship);
        cluster.assertNobodyDisconnected();
        cluster.assertNothingWrong();
        cluster.nodes.startAgain("g2");
    }

    @Test
    @Order(7)
    void theLeaderAndASimAreKilledInOneMomentAndPlayGoesOn() {
        cluster.untilCopied();
        String leader = cluster.nodes.leader();
        String sim = cluster.nodes.owners("g1").get("2,0");
        cluster.nodes.signal("KILL", leader, sim);
        cluster.until("another leads", () -> !cluster.nodes.leader().equals(leader));
        cluster.until("others own all", () -> !cluster.nodes.owners("g1").containsValue(sim));
        cluster.playOn(40);

        cluster.assertNothingWrong();
        cluster.assertNobodyDisconnected();
        assertThat(cluster.travellers)
                .allSatisfy(one ->
                        assertThat(one.silenceMillisMax).as("without news").isLessThan(SILENCE_MILLIS_MAX));
        cluster.nodes.startAgain(leader);
        cluster.nodes.startAgain(sim);
    }

    @Test
    @Order(9)
    void nothingIsLeftWhenWhoeverStartedItIsKilled() {
        List<ProcessFacts> nodes =
                cluster.nodes.facts().nodes().stream().map(NodeFacts::process).toList();
        Path database = folder.resolve("cluster/postgres/cluster/postmaster.pid");
        assertThat(database).exists();

        cluster.nodes.killSupervisor();

        cluster.until(
                "all nodes are gone", () -> nodes.stream().allMatch(node -> node.state() == ProcessFacts.State.GONE));
        cluster.until("the database has ended", () -> Files.notExists(database));
    }
}
