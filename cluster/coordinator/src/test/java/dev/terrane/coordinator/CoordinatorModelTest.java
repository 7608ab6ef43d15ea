package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.RandomEntries.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is put into the log, in whatever order. */
class CoordinatorModelTest {
    private static final int ENTRY_COUNT = 2_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    /** One entry with what was before and after it. */
    private interface Check {
        void of(Step step, Map<CellId, Tenure> before, Outcome outcome, CoordinatorState state);
    }

    private static void run(long seed, Check check) {
        CoordinatorState state = new CoordinatorState();
        RandomEntries entries = new RandomEntries(seed);
        for (int i = 0; i < ENTRY_COUNT; i++) {
            Step step = entries.next(state);
            Map<CellId, Tenure> before = tenures(state);
            check.of(step, before, state.apply(step.logTerm(), step.entry()), state);
        }
    }

    private static Map<CellId, Tenure> tenures(CoordinatorState state) {
        Map<CellId, Tenure> found = new HashMap<>();
        RandomEntries.CELLS.forEach(cell -> found.put(cell, state.tenure(cell)));
        return found;
    }

    private static List<CellGrant> granted(Entry entry, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Granted(List<CellGrant> grants) -> grants;
            case Outcome.Done _ when entry.command() instanceof Command.GrantCells(List<CellGrant> grants) -> grants;
            default -> List.of();
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anEpochRisesExactlyWhenItsCellIsGranted(long seed) {
        run(seed, (step, before, outcome, state) -> {
            Set<CellId> raised = new HashSet<>();
            granted(step.entry(), outcome).forEach(grant -> {
                raised.add(grant.cell());
                assertThat(state.holders()).as("%s", step).contains(grant);
            });
            for (CellId cell : RandomEntries.CELLS) {
                long old = Objects.requireNonNull(before.get(cell)).epoch();
                if (raised.contains(cell)) {
                    assertThat(state.epoch(cell)).as("%s", step).isGreaterThan(old);
                } else if (!(step.entry().command() instanceof Command.LearnGrants)) {
                    assertThat(state.epoch(cell)).as("%s", step).isEqualTo(old);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyAPromotedOrMovedCellGoesOn(long seed) {
        int[] continued = new int[1];
        run(
                seed,
                (step, before, outcome, state) -> granted(step.entry(), outcome).forEach(grant -> {
                    boolean goesOn =
                            succeeds(step.entry().command()) || step.entry().command() instanceof Command.FinishMove;
                    long begun = goesOn
                            ? Objects.requireNonNull(before.get(grant.cell())).begunEpoch()
                            : state.epoch(grant.cell());
                    assertThat(state.tenure(grant.cell()).begunEpoch())
                            .as("%s", step)
                            .isEqualTo(begun);
                    continued[0] += goesOn ? 1 : 0;
                }));
        assertThat(continued[0]).as("cells that went on").isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noLifeOfANodeHasTheSlotOfAnother(long seed) {
        Map<Integer, NodeInfo> owners = new HashMap<>();
        run(seed, (step, before, outcome, state) -> {
            for (NodeInfo info : state.nodes()) {
                NodeInfo known = owners.putIfAbsent(state.slot(info.node()), info);
                assertThat(known == null || known.node().equals(info.node()) && known.life() == info.life())
                        .as("%s", step)
                        .isTrue();
            }
        });
        assertThat(owners).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMapSaysWhatTheStateSaysAlsoThroughBytes(long seed) {
        run(seed, (step, before, outcome, state) -> {
            ClusterMap map = ClusterMap.of(state);
            ByteWriter writer = new ByteWriter(0);
            map.write(writer);
            ClusterMap read = ClusterMap.read(new ByteReader(writer.toBytes()));
            assertThat(read.nodes()).as("%s", step).isEqualTo(map.nodes());
            assertThat(read.cells()).as("%s", step).isEqualTo(state.tenures());
            assertThat(read.version()).isEqualTo(state.appliedCount());
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsRefusedChangesNothing(long seed) {
        run(seed, (step, before, outcome, state) -> {
            if (outcome instanceof Outcome.Refused) {
                assertThat(tenures(state)).as("%s", step).isEqualTo(before);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCellPassesFromOneLiveNodeToAnotherOnlyByAMoveThatWasBegun(long seed) {
        run(
                seed,
                (step, before, outcome, state) -> before.forEach((cell, old) -> {
                    NodeId owner = state.tenure(cell).owner();
                    if (old.owner() != null && owner != null && !owner.equals(old.owner())) {
                        assertThat(old.standby()).isEqualTo(owner);
                        assertThat(old.isReady()).isTrue();
                        if (endsTheLifeOf(old.owner(), step.entry().command())) {
                            return;
                        }
                        assertThat(step.entry().command()).isEqualTo(new Command.FinishMove(cell, old.epoch()));
                        assertThat(old.phase()).isEqualTo(Tenure.Phase.MOVING);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ownersAndStandbysLiveAndAreTwo(long seed) {
        run(seed, (step, before, outcome, state) -> {
            List<NodeId> alive = state.nodes().stream().map(NodeInfo::node).toList();
            for (Tenure tenure : state.tenures()) {
                String when = tenure + " after " + step;
                assertThat(tenure.isHeld())
                        .as(when)
                        .isEqualTo(tenure.phase() == Tenure.Phase.HELD || tenure.phase() == Tenure.Phase.MOVING);
                if (tenure.owner() != null) {
                    assertThat(alive).as(when).contains(tenure.owner());
                }
                if (tenure.standby() != null) {
                    assertThat(alive).as(when).contains(tenure.standby());
                    assertThat(tenure.standby())
                            .as(when)
                            .isNotEqualTo(tenure.owner())
                            .isNotEqualTo(new NodeId("g"));
                } else {
                    assertThat(tenure.isReady() || tenure.phase() == Tenure.Phase.MOVING)
                            .as(when)
                            .isFalse();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyAWholeCopyIsPromoted(long seed) {
        int[] promoted = new int[1];
        run(seed, (step, before, outcome, state) -> {
            if (outcome instanceof Outcome.Granted(List<CellGrant> grants)
                    && succeeds(step.entry().command())) {
                for (CellGrant grant : grants) {
                    Tenure old = Objects.requireNonNull(before.get(grant.cell()));
                    assertThat(old.isReady()).as("%s", step).isTrue();
                    assertThat(grant.owner()).as("%s", step).isEqualTo(old.standby());
                    assertThat(state.tenure(grant.cell()).owner())
                            .as("%s", step)
                            .isEqualTo(old.standby());
                    promoted[0]++;
                }
            }
        });
        assertThat(promoted[0]).as("promotions").isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wordOfACopyCountsOnlyForTheOneThatItsEntryHasBegun(long seed) {
        int[] late = new int[1];
        run(seed, (step, before, outcome, state) -> {
            if (step.entry().command() instanceof Command.StandbyReady word) {
                Tenure old = Objects.requireNonNull(before.get(word.cell()));
                boolean isOther = word.standbyEntry() != 0 && word.standbyEntry() != old.standbyEntry();
                if (isOther) {
                    late[0]++;
                    assertThat(outcome).as("%s of %s", step, old).isInstanceOf(Outcome.Refused.class);
                }
            }
            for (Tenure tenure : state.tenures()) {
                assertThat(tenure.standbyEntry() != 0)
                        .as("%s after %s", tenure, step)
                        .isEqualTo(tenure.standby() != null);
            }
        });
        assertThat(late[0]).as("words of other copies").isPositive();
    }

    private static boolean endsTheLifeOf(NodeId owner, Command command) {
        return command instanceof Command.NodeLost(NodeId node, long _) && node.equals(owner)
                || command instanceof Command.RegisterNode(NodeInfo info)
                        && info.node().equals(owner);
    }

    /** What lets cells go on as their copies. */
    private static boolean succeeds(Command command) {
        return command instanceof Command.Promote
                || command instanceof Command.NodeLost
                || command instanceof Command.RegisterNode;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCellWaitsForAnOwnerThatHasAWholeCopy(long seed) {
        run(
                seed,
                (step, before, outcome, state) -> assertThat(state.tenures())
                        .as("%s", step)
                        .noneMatch(tenure -> tenure.phase() == Tenure.Phase.ORPHANED && tenure.isReady()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noIncarnationIsGrantedTwice(long seed) {
        Set<Integer> used = new HashSet<>();
        run(
                seed,
                (step, before, outcome, state) -> granted(step.entry(), outcome)
                        .forEach(grant -> assertThat(used.add(grant.incarnation()))
                                .as("%s", step)
                                .isTrue()));
        assertThat(used).as("the entries are not all refused").hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTokenIsRedeemedAtMostOnce(long seed) {
        Set<String> redeemed = new HashSet<>();
        run(seed, (step, before, outcome, state) -> {
            if (outcome instanceof Outcome.Done && step.entry().command() instanceof Command.RedeemToken redeem) {
                assertThat(redeemed.add(redeem.id())).as("%s", step).isTrue();
            }
        });
        assertThat(redeemed).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameEntriesGiveTheSameStateAlsoThroughBytesAndSnapshots(long seed) {
        CoordinatorState one = new CoordinatorState();
        CoordinatorState other = new CoordinatorState();
        RandomEntries entries = new RandomEntries(seed);
        Rng rng = new Rng(~seed);
        List<Class<?>> seen = new ArrayList<>();
        for (int i = 0; i < ENTRY_COUNT; i++) {
            Step step = entries.next(one);
            seen.add(step.entry().command().getClass());
            Outcome outcome = one.apply(step.logTerm(), step.entry());
            Entry read = EntryCodec.decode(EntryCodec.encode(step.entry()));
            assertThat(other.apply(step.logTerm(), read)).isEqualTo(outcome);
            if (rng.chance(0.02f)) {
                ByteWriter writer = new ByteWriter(0);
                other.snapshot(writer);
                other = CoordinatorState.restore(new ByteReader(writer.toBytes()));
            }
            if (rng.chance(0.1f)) {
                assertThat(other.hash()).as("%s", step).isEqualTo(one.hash());
            }
        }
        assertThat(seen).as("every kind of command").contains(Command.class.getPermittedSubclasses());
        assertThat(other.audit()).isEqualTo(one.audit()).hasSize(2 * CoordinatorState.AUDIT_LENGTH_MAX);
    }
}
