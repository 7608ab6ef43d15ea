package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random commands, sensible and senseless, under random terms. */
class CoordinatorModelTest {
    private static final int COMMAND_COUNT = 400;
    private static final List<NodeId> NODES = List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    /** A command with the term it is given under. */
    private record Step(long term, Command command) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void anEpochRisesExactlyWhenItsCellIsGranted(long seed) {
        CoordinatorState state = new CoordinatorState();
        for (Step step : steps(seed)) {
            List<CellGrant> before = state.holders();
            List<Long> epochsBefore = cells().stream().map(state::epoch).toList();
            Outcome outcome = state.apply(step.term(), step.command());
            Set<CellId> granted = new HashSet<>();
            if (outcome instanceof Outcome.Done && step.command() instanceof Command.GrantCells(List<CellGrant> all)) {
                all.forEach(grant -> granted.add(grant.cell()));
                assertThat(state.holders()).as("%s", step).containsAll(all);
            }
            for (int i = 0; i < cells().size(); i++) {
                CellId cell = cells().get(i);
                if (granted.contains(cell)) {
                    assertThat(state.epoch(cell)).as("%s", step).isGreaterThan(epochsBefore.get(i));
                } else {
                    assertThat(state.epoch(cell)).as("%s", step).isEqualTo(epochsBefore.get(i));
                }
            }
            if (outcome instanceof Outcome.Refused) {
                assertThat(state.holders()).as("%s", step).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCellNeverPassesFromOneLiveNodeToAnotherWithoutBeingFree(long seed) {
        CoordinatorState state = new CoordinatorState();
        for (Step step : steps(seed)) {
            List<Optional<CellGrant>> before =
                    cells().stream().map(state::holder).toList();
            state.apply(step.term(), step.command());
            for (int i = 0; i < cells().size(); i++) {
                Optional<CellGrant> old = before.get(i);
                Optional<CellGrant> now = state.holder(cells().get(i));
                if (old.isPresent() && now.isPresent()) {
                    assertThat(now.get().owner())
                            .as("%s", step)
                            .isEqualTo(old.get().owner());
                }
                now.ifPresent(grant -> assertThat(state.nodes()).as("%s", step).contains(grant.owner()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noIncarnationIsGrantedTwice(long seed) {
        CoordinatorState state = new CoordinatorState();
        Set<Integer> used = new HashSet<>();
        for (Step step : steps(seed)) {
            if (state.apply(step.term(), step.command()) instanceof Outcome.Done
                    && step.command() instanceof Command.GrantCells(List<CellGrant> grants)) {
                grants.forEach(grant ->
                        assertThat(used.add(grant.incarnation())).as("%s", step).isTrue());
            }
        }
        assertThat(used).as("the commands are not all refused").hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameCommandsGiveTheSameStateAlsoThroughASnapshot(long seed) {
        CoordinatorState one = new CoordinatorState();
        CoordinatorState other = new CoordinatorState();
        Rng rng = new Rng(~seed);
        for (Step step : steps(seed)) {
            Outcome outcome = one.apply(step.term(), step.command());
            assertThat(other.apply(step.term(), step.command())).isEqualTo(outcome);
            assertThat(other.hash()).as("%s", step).isEqualTo(one.hash());
            if (rng.chance(0.05f)) {
                ByteWriter writer = new ByteWriter(0);
                other.snapshot(writer);
                other = CoordinatorState.restore(new ByteReader(writer.toBytes()));
            }
        }
        assertThat(other.audit()).isEqualTo(one.audit()).hasSize(CoordinatorState.AUDIT_LENGTH_MAX);
    }

    private static List<CellId> cells() {
        return List.of(cell(0, 0), cell(0, 1), cell(1, -1), cell(-3, 2));
    }

    private static CellId cell(int a, int b) {
        return new CellId(new WorldId("w"), new RegionId(a, b), 0);
    }

    private static List<Step> steps(long seed) {
        Rng rng = new Rng(seed);
        List<Step> steps = new ArrayList<>();
        long term = 1;
        int incarnation = 0;
        long epoch = 0;
        for (int i = 0; i < COMMAND_COUNT; i++) {
            term += rng.chance(0.02f) ? 1 : 0;
            NodeId node = NODES.get(rng.nextInt(NODES.size()));
            CellId cell = cells().get(rng.nextInt(cells().size()));
            Command command = switch (rng.nextInt(8)) {
                case 0 -> new Command.RegisterNode(node);
                case 1 -> rng.chance(0.4f) ? new Command.NodeLost(node) : new Command.RegisterNode(node);
                case 2 -> new Command.ReleaseCell(cell, Math.max(0, epoch - rng.nextInt(8)));
                default -> {
                    List<CellGrant> grants = new ArrayList<>();
                    for (int left = 1 + rng.nextInt(2); left > 0; left--) {
                        // Mostly rising, sometimes not: a confused caller.
                        epoch += rng.nextInt(10) - 1;
                        incarnation += rng.nextInt(10) - 1;
                        grants.add(new CellGrant(cells().get(rng.nextInt(cells().size())), node, epoch, incarnation));
                    }
                    yield new Command.GrantCells(grants);
                }
            };
            steps.add(new Step(rng.chance(0.05f) ? term - 1 : term, command));
        }
        return steps;
    }
}
