package dev.terrane.server.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.node.NodeMessage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import org.junit.jupiter.api.Test;

class RemoteCellsTest {
    private static final CellInput INPUT = new CellInput.PlayerInput(1, 1, 1, 1, 0, 0, 0, 0, 0);
    private static final CellInput WATCH = new CellInput.Watch(1, new int[] {1});

    private final TestPost post = new TestPost();
    private MapView view = TestMaps.view(TestMaps.held(0, TestMaps.EAST, 4, 2), TestMaps.held(1, null, 2, 2));
    private final RemoteCells cells = new RemoteCells(TestMaps.GATE, post, () -> view);
    private final RemoteCells.Door door = cells.door();

    @Test
    void leavesForTheOwnerThatTheMapNames() {
        post.links.add(TestMaps.EAST);
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.ACCEPTED);
        assertThat(post.told).containsExactly(new NodeMessage.ToCell(TestMaps.cell(0), 4, INPUT));
        door.flush();
        door.flush();
        assertThat(post.flushCount).isEqualTo(1);
    }

    @Test
    void holdsWhatNobodyCanTake() {
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).as("no link").isEqualTo(Admission.SEALED);
        assertThat(door.offer(TestMaps.cell(1), CellPort.ANY_EPOCH, WATCH))
                .as("no owner")
                .isEqualTo(Admission.SEALED);
        assertThat(door.offer(TestMaps.cell(2), CellPort.ANY_EPOCH, WATCH))
                .as("no cell yet")
                .isEqualTo(Admission.SEALED);
        post.links.add(TestMaps.EAST);
        assertThat(door.offer(TestMaps.cell(0), 5, INPUT))
                .as("the map is behind")
                .isEqualTo(Admission.SEALED);
        assertThat(door.offer(TestMaps.cell(0), 3, INPUT)).isEqualTo(Admission.STALE_EPOCH);
        post.full = true;
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.FULL);
        assertThat(post.told).isEmpty();
    }

    @Test
    void keepsInputsBackUntilItsGatewayHasHeardOfTheCut() {
        post.links.add(TestMaps.EAST);
        cells.lost(TestMaps.EAST);
        RemoteCells.Door other = cells.door();
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.SEALED);
        assertThat(door.offer(TestMaps.cell(0), 4, WATCH)).isEqualTo(Admission.ACCEPTED);
        door.heard(TestMaps.EAST, 1);
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.ACCEPTED);
        assertThat(other.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.SEALED);
        cells.lost(TestMaps.EAST);
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.SEALED);
        assertThat(cells.cuts()).containsEntry(TestMaps.EAST, 2);
    }

    @Test
    void followsTheMap() {
        post.links.add(TestMaps.WEST);
        view = TestMaps.view(TestMaps.held(0, TestMaps.WEST, 5, 2));
        assertThat(door.offer(TestMaps.cell(0), 4, INPUT)).isEqualTo(Admission.STALE_EPOCH);
        assertThat(door.offer(TestMaps.cell(0), 5, INPUT)).isEqualTo(Admission.ACCEPTED);
    }
}
