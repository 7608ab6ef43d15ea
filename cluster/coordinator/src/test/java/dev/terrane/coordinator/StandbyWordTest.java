package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.Command.StandbyReady;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An owner that hung says of a copy that it is whole, and the same node was chosen again meanwhile, under the same epoch. */
class StandbyWordTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(0, 0), 0);

    private CoordinatorState state = new CoordinatorState();
    private long first;

    @BeforeEach
    void chosen() {
        for (NodeId node : List.of(A, B)) {
            apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "")));
        }
        apply(new Command.AssignCells(A, List.of(CELL)));
        apply(new Command.SetStandby(CELL, 1, B));
        first = entry();
    }

    private Outcome apply(Command command) {
        return state.apply(1, Entry.of(1, command));
    }

    private long entry() {
        return state.tenure(CELL).standbyEntry();
    }

    private void chosenAgain() {
        apply(new Command.SetStandby(CELL, 1, null));
        apply(new Command.SetStandby(CELL, 1, B));
    }

    private Outcome says(long standbyEntry) {
        return apply(new StandbyReady(CELL, 1, B, standbyEntry));
    }

    @Test
    void theEntryThatHasChosenAStandbyIsToldWithTheMap() {
        assertThat(first).isEqualTo(state.appliedCount());
        assertThat(ClusterMap.of(state).cell(CELL).standbyEntry()).isEqualTo(first);
    }

    @Test
    void lateWordOfTheCopyBeforeIsRefusedWithAReason() {
        chosenAgain();
        assertThat(says(first)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Outcome.Reason.NO_STANDBY);
            assertThat(refused.why()).contains("entry " + first, "entry " + entry(), "late");
        });
        apply(new Command.NodeLost(A, 1));
        assertThat(state.tenure(CELL).isHeld()).as("nothing is promoted").isFalse();
    }

    @Test
    void wordOfTheCopyThatIsThereMakesItWhole() {
        chosenAgain();
        assertThat(says(entry())).isEqualTo(new Outcome.Done());
        apply(new Command.NodeLost(A, 1));
        assertThat(state.tenure(CELL).owner()).isEqualTo(B);
        assertThat(entry()).as("it is nobody's copy now").isZero();
    }

    @Test
    void chosenOnceMoreWithoutAPauseItIsAnotherCopyAsWell() {
        apply(new Command.SetStandby(CELL, 1, B));
        assertThat(says(first)).isInstanceOf(Outcome.Refused.class);
        assertThat(state.tenure(CELL).isReady()).isFalse();
    }

    @Test
    void theEntryOutlivesASnapshot() {
        chosenAgain();
        long second = entry();
        ByteWriter writer = new ByteWriter(0);
        state.snapshot(writer);
        state = CoordinatorState.restore(new ByteReader(writer.toBytes()));
        assertThat(entry()).isEqualTo(second);
        assertThat(says(first)).isInstanceOf(Outcome.Refused.class);
        assertThat(says(second)).isEqualTo(new Outcome.Done());
    }

    /** Who writes so knows no numbers: it counts, as it always has. */
    @Test
    void anEntryAsItWasWrittenBeforeIsReadAndCounts() {
        ByteWriter before = new ByteWriter(0);
        before.varuint(2);
        before.varulong(0);
        before.i64(7);
        before.utf8("node a");
        before.utf8("");
        before.u8(9);
        CellBytes.write(before, CELL);
        before.varulong(1);
        before.utf8("b");
        Entry read = EntryCodec.decode(before.toBytes());
        assertThat(read.command()).isEqualTo(new StandbyReady(CELL, 1, B, StandbyReady.UNSAID));
        assertThat(EntryCodec.encode(read)).isEqualTo(before.toBytes());
        assertThat(state.apply(1, read)).isEqualTo(new Outcome.Done());
        assertThat(state.tenure(CELL).isReady()).isTrue();
    }

    /** Cells ended with whether the copy is whole. A standby that was chosen so is anybody's word. */
    @Test
    void readsASnapshotOfTheFormatBefore() {
        ByteWriter tenure = new ByteWriter(0);
        Tenures.write(tenure, state.tenure(CELL));
        ByteWriter now = new ByteWriter(0);
        state.snapshot(now);
        byte[] bytes = without(now.toBytes(), tenure.toBytes());
        bytes[0] = 5;
        state = CoordinatorState.restore(new ByteReader(bytes));
        assertThat(state.tenure(CELL).standby()).isEqualTo(B);
        assertThat(entry()).isZero();
        assertThat(says(first)).isEqualTo(new Outcome.Done());
    }

    @Test
    void readsAMapOfTheFormatBefore() {
        ByteWriter tenure = new ByteWriter(0);
        Tenures.write(tenure, state.tenure(CELL));
        ByteWriter now = new ByteWriter(0);
        ClusterMap map = ClusterMap.of(state);
        map.write(now);
        byte[] bytes = without(now.toBytes(), tenure.toBytes());
        bytes[0] = 1;
        ClusterMap read = ClusterMap.read(new ByteReader(bytes));
        assertThat(read.nodes()).isEqualTo(map.nodes());
        assertThat(read.cell(CELL).standby()).isEqualTo(B);
        assertThat(read.cell(CELL).standbyEntry()).isZero();
    }

    /** The last byte of the part, the number of the entry, left out. */
    private static byte[] without(byte[] whole, byte[] part) {
        int at = 0;
        while (!Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        int gap = at + part.length - 1;
        byte[] left = new byte[whole.length - 1];
        System.arraycopy(whole, 0, left, 0, gap);
        System.arraycopy(whole, gap + 1, left, gap, left.length - gap);
        return left;
    }
}
