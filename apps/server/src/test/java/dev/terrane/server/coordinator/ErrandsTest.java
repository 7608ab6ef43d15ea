package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.server.witness.TraceWish;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final long NOW = 1_000_000_000;

    private final CoordinatorState state = new CoordinatorState();
    private final Entry move = new Entry(1, "leader", "", new Command.BeginMove(CELL, 1, B));

    ErrandsTest() {
        for (NodeId node : List.of(A, B)) {
            apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "")));
        }
        apply(new Command.AssignCells(A, List.of(CELL)));
    }

    private void apply(Command command) {
        state.apply(1, new Entry(0, "admin ann", "closer", command));
    }

    private void put(TraceWish wish) {
        apply(new Command.PutValue(wish.key(), Command.PutValue.ANY, wish.toBytes()));
    }

    @Test
    void namesForWhomACellIsMoved() {
        assertThat(Errands.named(move, state).reason()).isEqualTo("headroom, by the plan");
        apply(new Command.DrainNode(A, true));
        assertThat(Errands.named(move, state)).satisfies(entry -> {
            assertThat(entry.author()).isEqualTo("leader for admin ann");
            assertThat(entry.reason()).isEqualTo("drain of a: closer");
        });
        apply(new Command.SetOverride("move/" + CELL, "b"));
        assertThat(Errands.named(move, state).reason()).isEqualTo("closer");
        Entry other = new Entry(1, "leader", "", new Command.FinishMove(CELL, 1));
        assertThat(Errands.named(other, state)).isEqualTo(other);
    }

    @Test
    void forgetsTracesThatNobodyCanReadAnyMore() {
        TraceWish over = new TraceWish("over", null, 0, 7, NOW - TraceWish.KEPT_MILLIS - 1, "admin ann");
        put(over);
        put(new TraceWish("readable", null, 0, 7, NOW - TraceWish.KEPT_MILLIS, "admin ann"));
        assertThat(Errands.forgotten(state, NOW))
                .singleElement()
                .isInstanceOfSatisfying(Command.PutValue.class, put -> {
                    assertThat(put.key()).isEqualTo(over.key());
                    assertThat(put.value()).isEmpty();
                });
    }

    /** Whatever a node has put there: whoever leads goes on leading. */
    @Test
    void passesOverWhatIsNoTrace() {
        apply(new Command.PutValue(TraceWish.PREFIX + "garbage", Command.PutValue.ANY, new byte[] {99, 1}));
        apply(new Command.PutValue(TraceWish.PREFIX + "cut", Command.PutValue.ANY, new byte[] {1}));
        assertThat(Errands.forgotten(state, NOW)).isEmpty();
    }
}
