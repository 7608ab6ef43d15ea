package dev.terrane.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.terrane.server.cli.cluster.Cable;
import dev.terrane.server.cli.cluster.CableNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cable of a sim that is played is cut, both ways and either way: others take its cells over, it finds out by itself and stops, and comes back when the cable is whole. Packets vanish, so that nobody is told
 * by the system, as when a process dies. Needs root on Linux, and is left out elsewhere.
 */
class CableIT {
    private static final int PLAYERS = 4;
    private static final int SNAPSHOTS = 40;

    @TempDir
    static Path folder;

    private static PlayedCluster cluster;

    @BeforeAll
    static void start() {
        String obstacle = CableNetwork.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        cluster = PlayedCluster.start(folder, 1, "--cables");
        cluster.join(PLAYERS);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void othersPlayTheCellsOfASimThatIsCutOffAndItComesBack(Cable.Cut cut) {
        cluster.untilCopied();
        String sim = cluster.nodes.owners("g1").get("2,0");
        Cable cable = cluster.nodes.facts().cable(sim);
        int before = cluster.nodes.log(sim).length();
        cable.cut(cut);
        try {
            cluster.until("others own all", () -> !cluster.nodes.owners("g1").containsValue(sim));
            cluster.playOn(SNAPSHOTS);
            cluster.until(sim + " stops by itself", () -> hasStopped(sim, before));
            cluster.playOn(SNAPSHOTS);
        } finally {
            cable.mend();
        }

        cluster.until(
                sim + " has given its cells up",
                () -> cluster.nodes.log(sim).substring(before).contains("the cell is no longer here"));
        cluster.until("every cell has a whole copy again, at " + sim, cluster.nodes::allCopied);
        cluster.playOn(SNAPSHOTS);
        cluster.assertNothingWrong();
        cluster.assertNobodyDisconnected();
    }

    /** Who hears nothing has no lease; who is only not heard is told that others have its cells. */
    private static boolean hasStopped(String sim, int before) {
        String said = cluster.nodes.log(sim).substring(before);
        return said.contains("nothing ticks here") || said.contains("the cell is no longer here");
    }
}
