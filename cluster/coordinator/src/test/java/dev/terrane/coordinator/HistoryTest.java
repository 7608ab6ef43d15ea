package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log remembers of owners and moves. */
class HistoryTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);

    private final CoordinatorState state = new CoordinatorState();
    private long millis = 1_000;

    private void apply(String author, Command command) {
        millis += 10;
        Outcome outcome = state.apply(1, new Entry(0, millis, author, "because", command));
        assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
    }

    private void held() {
        for (NodeId node : List.of(A, B)) {
            apply(
                    "node " + node,
                    new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "")));
        }
        apply("leader", new Command.AssignCells(A, List.of(CELL)));
    }

    private void copied(NodeId to) {
        apply("leader", new Command.SetStandby(CELL, state.epoch(CELL), to));
        apply(
                "node a",
                new Command.StandbyReady(
                        CELL, state.epoch(CELL), to, state.tenure(CELL).standbyEntry()));
    }

    @Test
    void tellsHowEachOwnerCameAndWhyItWent() {
        held();
        copied(B);
        apply("leader", new Command.NodeLost(A, 1));
        apply("node b", new Command.RenewCell(CELL, 2));
        apply("node b", new Command.ReleaseCell(CELL, 3));
        List<CellSpan> spans = state.spans(CELL);
        assertThat(spans).extracting(CellSpan::epoch).containsExactly(1L, 2L, 3L);
        assertThat(spans).extracting(CellSpan::owner).containsExactly(A, B, B);
        assertThat(spans)
                .extracting(CellSpan::begun)
                .containsExactly(CellSpan.Begun.ASSIGNED, CellSpan.Begun.PROMOTED, CellSpan.Begun.RENEWED);
        assertThat(spans)
                .extracting(CellSpan::ended)
                .containsExactly(CellSpan.Ended.LOST, CellSpan.Ended.FAILED, CellSpan.Ended.RELEASED);
        assertThat(spans.getFirst().from()).isEqualTo(new Moment(3, 1, 1_030));
        assertThat(spans.getFirst().to()).isEqualTo(new Moment(6, 1, 1_060));
    }

    @Test
    void tellsEachPhaseOfAMoveAndWhoWantedIt() {
        held();
        copied(B);
        apply("leader for admin ann", new Command.BeginMove(CELL, 1, B));
        assertThat(state.migrations()).singleElement().satisfies(each -> {
            assertThat(each.state()).isEqualTo(Migration.State.UNDERWAY);
            assertThat(each.over()).isNull();
        });
        apply("node a", new Command.FinishMove(CELL, 1));
        assertThat(state.migrations())
                .containsExactly(new Migration(
                        CELL,
                        1,
                        A,
                        B,
                        "leader for admin ann",
                        "because",
                        new Moment(4, 1, 1_040),
                        new Moment(5, 1, 1_050),
                        new Moment(6, 1, 1_060),
                        Migration.State.DONE,
                        new Moment(7, 1, 1_070)));
        assertThat(state.spans(CELL).getFirst().ended()).isEqualTo(CellSpan.Ended.MOVED);
    }

    @Test
    void tellsMovesThatWereCalledOffOrCutShort() {
        held();
        copied(B);
        apply("leader", new Command.BeginMove(CELL, 1, B));
        apply("leader", new Command.AbortMove(CELL, 1));
        apply("leader", new Command.BeginMove(CELL, 1, B));
        apply("leader", new Command.NodeLost(B, 1));
        assertThat(state.migrations())
                .extracting(Migration::state)
                .containsExactly(Migration.State.CALLED_OFF, Migration.State.CUT_SHORT);
    }

    @Test
    void forgetsTheOldest() {
        held();
        for (int i = 0; i < History.SPAN_COUNT_MAX + History.MIGRATION_COUNT_MAX; i++) {
            NodeId to = i % 2 == 0 ? B : A;
            copied(to);
            apply("leader", new Command.BeginMove(CELL, state.epoch(CELL), to));
            apply("node", new Command.FinishMove(CELL, state.epoch(CELL)));
        }
        assertThat(state.spans(CELL)).hasSize(History.SPAN_COUNT_MAX);
        assertThat(state.spans(CELL).getLast().epoch()).isEqualTo(state.epoch(CELL));
        assertThat(state.migrations()).hasSize(History.MIGRATION_COUNT_MAX);
    }

    @Test
    void remembersInWhoseNameANodeIsEmptied() {
        held();
        assertThat(state.drainedBy(A)).isEmpty();
        apply("admin ann", new Command.DrainNode(A, true));
        assertThat(state.drainedBy(A))
                .hasValueSatisfying(entry -> assertThat(entry.author()).isEqualTo("admin ann"));
        apply("admin ann", new Command.DrainNode(A, false));
        assertThat(state.drainedBy(A)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheTenuresWhateverHappensAlsoThroughBytes(long seed) {
        RandomEntries entries = new RandomEntries(seed);
        CoordinatorState random = new CoordinatorState();
        for (int i = 0; i < 2_000; i++) {
            RandomEntries.Step step = entries.next(random);
            random.apply(step.logTerm(), step.entry().at(i));
            for (CellId cell : RandomEntries.CELLS) {
                Tenure tenure = random.tenure(cell);
                List<CellSpan> spans = random.spans(cell);
                boolean isOpen = !spans.isEmpty() && spans.getLast().ended() == null;
                assertThat(isOpen).as("seed %d %s", seed, step).isEqualTo(tenure.isHeld());
                assertThat(spans.stream().filter(span -> span.ended() == null)).hasSizeLessThanOrEqualTo(1);
                if (isOpen) {
                    assertThat(spans.getLast().owner()).isEqualTo(tenure.owner());
                    assertThat(spans.getLast().epoch()).isEqualTo(tenure.epoch());
                }
                boolean isUnderway = random.migrations().stream()
                        .anyMatch(each -> each.cell().equals(cell) && each.state() == Migration.State.UNDERWAY);
                assertThat(isUnderway).as("seed %d %s", seed, step).isEqualTo(tenure.phase() == Tenure.Phase.MOVING);
            }
        }
        ByteWriter writer = new ByteWriter(0);
        random.snapshot(writer);
        CoordinatorState restored = CoordinatorState.restore(new ByteReader(writer.toBytes()));
        assertThat(restored.migrations()).isEqualTo(random.migrations()).isNotEmpty();
        assertThat(restored.hash()).isEqualTo(random.hash());
        RandomEntries.CELLS.forEach(cell -> assertThat(restored.spans(cell)).isEqualTo(random.spans(cell)));
    }
}
