package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage.Claimed;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three coordinators with real logs and real links; nodes that beat. */
@Timeout(300)
class CoordinatorRoleIT {
    private static final int REGIONS = 6;

    @TempDir
    Path folder;

    private static boolean isWhole(ClusterMap map) {
        return map.cells().size() == REGIONS
                && map.cells().stream()
                        .allMatch(tenure -> tenure.isHeld() && tenure.isReady() && tenure.standby() != null);
    }

    private static Cluster whole(Path folder) throws IOException {
        Cluster cluster = new Cluster(folder, REGIONS, 3);
        for (String name : List.of("s1", "s2", "s3")) {
            cluster.start(name);
        }
        Cluster.until("every cell has an owner and a whole copy", () -> isWhole(cluster.map()));
        return cluster;
    }

    @Test
    void dealsCellsOutWhenAllExpectedSimsAreThereAndSetsStandbys() throws IOException {
        try (Cluster cluster = new Cluster(folder, REGIONS, 2)) {
            SimulatedNode first = cluster.start("s1");
            Cluster.until("the first is registered", () -> first.map().node(first.id) != null);
            Cluster.until("it has a lease", () -> first.leases.get() > 0);
            assertThat(first.map().cells()).isEmpty();
            SimulatedNode second = cluster.start("s2");
            Cluster.until("every cell has an owner and a whole copy", () -> isWhole(second.map()));
            assertThat(second.map().cells()).allSatisfy(tenure -> {
                assertThat(tenure.epoch()).isEqualTo(1);
                assertThat(tenure.standby()).isNotEqualTo(tenure.owner());
            });
            assertThat(second.map().cells().stream().map(Tenure::owner).distinct())
                    .hasSize(2);
            NodeId anybody = cluster.coordinators.getFirst().id;
            long refused = first.propose(anybody, new Command.DrainNode(second.id, true));
            long wrong = first.propose(
                    anybody, new Command.RegisterNode(new NodeInfo(second.id, 1, List.of(), "h:1", "test")));
            Cluster.until("answers", () -> first.outcomes.containsKey(refused) && first.outcomes.containsKey(wrong));
            assertThat(first.outcomes.get(refused)).isInstanceOf(Outcome.Refused.class);
            assertThat(first.outcomes.get(wrong)).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void promotesTheStandbysOfANodeThatFallsSilent() throws IOException {
        try (Cluster cluster = whole(folder)) {
            ClusterMap before = cluster.map();
            SimulatedNode silent = cluster.nodes.getFirst();
            silent.fallSilent();
            ClusterMap[] after = {before};
            // One map: a moment later cells may move on to whoever has fewer.
            Cluster.until("it is lost, and every cell has an owner", () -> {
                after[0] = cluster.map();
                return after[0].node(silent.id) == null
                        && after[0].cells().stream().allMatch(Tenure::isHeld);
            });
            for (Tenure tenure : before.cells()) {
                Tenure now = after[0].cell(tenure.cell());
                if (silent.id.equals(tenure.owner())) {
                    assertThat(now.owner()).isEqualTo(tenure.standby());
                    assertThat(now.epoch()).isEqualTo(tenure.epoch() + 1);
                    assertThat(now.begunEpoch()).isEqualTo(tenure.begunEpoch());
                } else {
                    assertThat(now.owner()).isEqualTo(tenure.owner());
                    assertThat(now.epoch()).isEqualTo(tenure.epoch());
                }
            }
            Cluster.until("every cell has a whole copy again", () -> isWhole(cluster.map()));
        }
    }

    @Test
    void losesANodeWhoseLinkBreaks() throws IOException {
        try (Cluster cluster = whole(folder)) {
            cluster.leader();
            SimulatedNode killed = cluster.nodes.getFirst();
            killed.close();
            Cluster.until("it is lost", () -> cluster.map().node(killed.id) == null);
            Cluster.until(
                    "every cell has an owner",
                    () -> cluster.map().cells().stream().allMatch(Tenure::isHeld));
        }
    }

    @Test
    void aLeaderThatIsAskedToEndHandsOver() throws IOException {
        try (Cluster cluster = whole(folder)) {
            Coordinator leader = cluster.leader();
            ClusterMap before = cluster.map();
            List<Coordinator> others =
                    cluster.coordinators.stream().filter(each -> each != leader).toList();
            others.forEach(each -> leader.wire.dial(each.id, "127.0.0.1", each.wire.port()));
            Cluster.until(
                    "the others are linked",
                    () -> others.stream().allMatch(each -> leader.wire.linked().contains(each.id)));
            for (Coordinator each : others) {
                NodeInfo info = new NodeInfo(each.id, 1, List.of(NodeInfo.Role.COORDINATOR), "h:1", "test");
                leader.role.log().propose(new Entry(0, "node " + each.id, "", new Command.RegisterNode(info)), _ -> {});
            }
            Cluster.until(
                    "the leader knows one",
                    () -> others.stream().anyMatch(each -> leader.role.map().node(each.id) != null));

            assertThat(leader.role.handOver()).isTrue();

            Cluster.until(
                    "another leads",
                    () -> cluster.coordinators.stream().anyMatch(each -> each != leader && each.leads()));
            assertThat(leader.leads()).isFalse();
            assertThat(cluster.map().cells()).isEqualTo(before.cells());
        }
    }

    @Test
    void goesOnUnderAnotherLeaderWithoutLosingAnybody() throws IOException {
        try (Cluster cluster = whole(folder)) {
            CharacterId ann = new CharacterId(new UUID(0, 1));
            CharacterId bob = new CharacterId(new UUID(0, 2));
            NodeId owner = cluster.map().cell(cluster.cell(2)).owner();
            SimulatedNode home = cluster.nodes.stream()
                    .filter(node -> node.id.equals(owner))
                    .findFirst()
                    .orElseThrow();
            home.put(ann, cluster.cell(2));
            Cluster.until("ann is located", () -> verdict(cluster, ann) == Verdict.LOCATED);
            Cluster.until("bob may come", () -> verdict(cluster, bob) == Verdict.YOURS);
            assertThat(verdict(cluster, bob)).isEqualTo(Verdict.NOT_YET);

            Coordinator leader = cluster.leader();
            long term = leader.role.loop().leadership().term();
            ClusterMap before = cluster.map();
            leader.close();
            Coordinator next = cluster.leader();
            assertThat(next.role.loop().leadership().term()).isGreaterThan(term);
            Cluster.until(
                    "leases come from the next leader",
                    () -> cluster.nodes.stream().allMatch(node -> node.leases.get() > term));
            Cluster.until("ann is located by the next leader", () -> verdict(cluster, ann) == Verdict.LOCATED);
            Cluster.until("bob may come", () -> verdict(cluster, bob) == Verdict.YOURS);
            // As long as it takes a new leader to declare whoever is silent lost, and then some.
            long untilNanos = System.nanoTime() + 4_000_000L * Cluster.SILENCE_MILLIS;
            Cluster.until("a while is over", () -> System.nanoTime() > untilNanos);
            assertThat(cluster.map().nodes()).isEqualTo(before.nodes());
            assertThat(cluster.map().cells()).isEqualTo(before.cells());
        }
    }

    private static Verdict verdict(Cluster cluster, CharacterId character) {
        Claimed claimed = cluster.nodes.getLast().claim(character, cluster.cell(0));
        return claimed == null ? Verdict.NOT_YET : claimed.verdict();
    }
}
