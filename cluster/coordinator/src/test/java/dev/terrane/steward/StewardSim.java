package dev.terrane.steward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.SimLogs;
import dev.terrane.coordinator.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three coordinators, four nodes, all of which die and come back at any time; a leader stewards. When all is calm again, every cell has an owner that lives, and nobody has changed hands without need. */
class StewardSim {
    private static final long MILLI = 1_000_000;
    private static final int COORDINATORS = 3;
    private static final int STEPS_WILD = 6_000;
    private static final int STEPS_CALM = 20_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCellFindsALivingOwnerAgain(long seed) {
        Run run = new Run(seed);
        for (int step = 0; step < STEPS_WILD; step++) {
            run.mischief();
            run.step();
        }
        run.heal();
        for (int step = 0; step < STEPS_CALM && !run.isSettled(); step++) {
            run.step();
        }
        assertThat(run.isSettled()).as("seed %d: %s", seed, run).isTrue();
        List<Tenure> settled = run.tenures();
        for (int step = 0; step < 2_000; step++) {
            run.step();
        }
        assertThat(run.tenures()).as("seed %d: calm is calm", seed).isEqualTo(settled);
    }

    /** One life of a cluster. */
    private static final class Run {
        private final Rng rng;
        private final SimLogs logs;
        private final List<Node> nodes = new ArrayList<>();
        private final Steward[] stewards = new Steward[COORDINATORS];
        private final long[] stewardTerms = new long[COORDINATORS];
        private final boolean[] coordinatorDead = new boolean[COORDINATORS];
        private final List<CellId> world = new ArrayList<>();
        private long now;

        private static final class Node {
            private final NodeId id;
            private long life = 1;
            private boolean alive = true;
            private long registerAtNanos;

            private Node(String name) {
                this.id = new NodeId(name);
            }
        }

        private Run(long seed) {
            this.rng = new Rng(seed);
            this.logs = new SimLogs(~seed, COORDINATORS, 100);
            for (String name : List.of("a", "b", "c", "d")) {
                nodes.add(new Node(name));
            }
            for (int a = 0; a < 6; a++) {
                world.add(new CellId(new WorldId("w"), new RegionId(a, 0), 0));
            }
        }

        private void mischief() {
            if (rng.chance(0.004f)) {
                Node node = nodes.get(rng.nextInt(nodes.size()));
                node.alive = !node.alive;
                if (node.alive) {
                    node.life++;
                    node.registerAtNanos = now;
                }
            }
            if (rng.chance(0.002f)) {
                int index = rng.nextInt(COORDINATORS);
                if (coordinatorDead[index]) {
                    logs.restart(index);
                } else {
                    logs.kill(index);
                    stewards[index] = null;
                }
                coordinatorDead[index] = !coordinatorDead[index];
            }
        }

        private void heal() {
            for (int index = 0; index < COORDINATORS; index++) {
                if (coordinatorDead[index]) {
                    logs.restart(index);
                    coordinatorDead[index] = false;
                }
            }
            for (Node node : nodes) {
                if (!node.alive) {
                    node.alive = true;
                    node.life++;
                }
                node.registerAtNanos = now;
            }
        }

        private void step() {
            logs.step();
            now = logs.nowMillis() * MILLI;
            for (int index = 0; index < COORDINATORS; index++) {
                if (!coordinatorDead[index]) {
                    lead(index);
                }
            }
        }

        private void lead(int index) {
            CoordinatorLog log = logs.log(index);
            CoordinatorLog.Leadership leadership = log.leadership();
            if (!leadership.isHere()) {
                stewards[index] = null;
                return;
            }
            if (stewards[index] == null || stewardTerms[index] != leadership.term()) {
                stewards[index] = new Steward(leadership.term(), StewardTiming.standard(), world, Run::seats, now);
                stewardTerms[index] = leadership.term();
            }
            Steward steward = stewards[index];
            for (Node node : nodes) {
                if (!node.alive) {
                    continue;
                }
                steward.heard(node.id, node.life, now);
                boolean known = log.read(state -> state.nodes().stream()
                        .anyMatch(info -> info.node().equals(node.id) && info.life() == node.life));
                if (!known && now >= node.registerAtNanos) {
                    node.registerAtNanos = now + 300 * MILLI;
                    log.propose(Entry.of(0, new Command.RegisterNode(info(node))), _ -> {});
                }
            }
            for (Entry entry : log.read(state -> steward.step(state, now))) {
                log.propose(entry, _ -> steward.answered(entry));
            }
            log.read(state -> {
                for (Tenure tenure : state.tenures()) {
                    NodeId standby = tenure.standby();
                    if (standby != null && tenure.isHeld() && !tenure.isReady() && rng.chance(0.01f)) {
                        log.propose(
                                Entry.of(
                                        0,
                                        new Command.StandbyReady(
                                                tenure.cell(), tenure.epoch(), standby, tenure.standbyEntry())),
                                _ -> {});
                    }
                }
                return true;
            });
        }

        private static NodeInfo info(Node node) {
            return new NodeInfo(node.id, node.life, List.of(NodeInfo.Role.SIM), node.id + ":1", "0.1");
        }

        /** The simplest there is: the cells in turn, each copy with the next node. */
        private static Seating.Seats seats(CoordinatorState state, List<CellId> unowned) {
            List<NodeId> all = state.nodes().stream().map(NodeInfo::node).toList();
            if (all.isEmpty()) {
                return Seating.Seats.NONE;
            }
            List<Seating.Seat> owners = new ArrayList<>();
            unowned.forEach(cell -> owners.add(
                    new Seating.Seat(cell, all.get(Math.floorMod(cell.region().a(), all.size())))));
            List<Seating.Copy> copies = new ArrayList<>();
            for (Tenure tenure : state.tenures()) {
                NodeId owner = tenure.owner();
                if (all.size() > 1 && owner != null && tenure.standby() == null) {
                    copies.add(new Seating.Copy(tenure.cell(), all.get((all.indexOf(owner) + 1) % all.size())));
                }
            }
            return new Seating.Seats(owners, copies, List.of());
        }

        private List<Tenure> tenures() {
            return logs.log(0).read(CoordinatorState::tenures);
        }

        private boolean isSettled() {
            TreeSet<Long> hashes = new TreeSet<>();
            for (int index = 0; index < COORDINATORS; index++) {
                hashes.add(logs.log(index).read(CoordinatorState::hash));
            }
            return hashes.size() == 1
                    && logs.log(0)
                            .read(state -> state.nodes().size() == nodes.size()
                                    && state.nodes().stream()
                                            .allMatch(info -> nodes.stream()
                                                    .anyMatch(node ->
                                                            node.id.equals(info.node()) && node.life == info.life()))
                                    && state.holders().size() == world.size()
                                    && state.tenures().stream().allMatch(Tenure::isReady));
        }

        @Override
        public String toString() {
            return now / MILLI + " ms, " + logs.log(0).read(state -> state.nodes() + " " + state.tenures());
        }
    }
}
