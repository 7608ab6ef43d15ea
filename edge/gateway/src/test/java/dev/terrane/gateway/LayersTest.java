package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.RecordKind;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SnapshotRecords;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.Shed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Regions with several cells, and worlds that run slower. */
class LayersTest {
    private static final CellId WEST = TestWorld.cell(0);
    private static final CellId UPPER = new CellId(TestWorld.ID, WEST.region(), 1);

    private final GatewayFixture fixture = new GatewayFixture();

    private void layers(int... layers) {
        fixture.gateway.inbox().offer(new CellOutput.Layers(TestWorld.ID, WEST.region(), layers));
        fixture.gateway.drain(fixture.nowNanos);
    }

    private long watchesOf(CellId cell) {
        return fixture.cells.accepted.stream()
                .filter(offered -> offered.cell().equals(cell) && offered.message() instanceof CellInput.Watch)
                .count();
    }

    private static boolean forgets(ServerSnapshot snapshot, int layer) {
        SnapshotRecords records =
                new SnapshotRecords().wrap(snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength());
        boolean found = false;
        while (records.next()) {
            found |= records.kind() == RecordKind.FORGET && records.layer() == layer;
        }
        return found;
    }

    /** One empty full slice of each chunk. */
    private void slices(CellId cell, long tick) {
        int[] chunk = new int[16];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = i;
        }
        int[] zeros = new int[16];
        int[] ones = zeros.clone();
        Arrays.fill(ones, 1);
        int[] full = zeros.clone();
        Arrays.fill(full, -1);
        int[] none = {};
        fixture.gateway
                .inbox()
                .offer(new CellFrame(
                        cell,
                        1,
                        tick,
                        0,
                        1,
                        new byte[] {0},
                        16,
                        chunk,
                        zeros,
                        full,
                        ones,
                        zeros,
                        ones,
                        zeros,
                        0,
                        new long[0],
                        new long[0],
                        none,
                        none,
                        new float[0],
                        new float[0],
                        none,
                        none,
                        none,
                        none,
                        none,
                        new long[0],
                        CellFrame.Groups.NONE));
        fixture.gateway.drain(fixture.nowNanos);
    }

    @Test
    void watchesEachLayerInReachAndForgetsOneThatIsGone() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(WEST, 1, 1, client, 1, 0);
        assertThat(watchesOf(UPPER)).isZero();
        layers(0, 1);
        assertThat(watchesOf(UPPER)).isEqualTo(1);
        slices(UPPER, 1);
        fixture.frame(WEST, 1, 2, client, 1, 0);
        fixture.frame(WEST, 1, 3, client, 1, 0);
        assertThat(forgets(client.link.snapshots().getLast(), 1)).isFalse();
        layers(0);
        fixture.frame(WEST, 1, 4, client, 1, 0);
        assertThat(forgets(client.link.snapshots().getLast(), 1)).isTrue();
        assertThat(fixture.bugs).isEmpty();
    }

    @Test
    void followsAvatarIntoLayerThatNobodyHasToldOf() {
        Client client = fixture.client(1).playing(WEST);
        fixture.frame(UPPER, 4, 9, client, 2, 0);
        assertThat(client.link.last(ServerInfo.class).worldId()).isEqualTo("test/0,0#1");
        fixture.frame(UPPER, 4, 10, client, 2, 0);
        assertThat(client.link.snapshots()).hasSize(2);
        assertThat(watchesOf(UPPER)).isEqualTo(1);
        layers(0, 1);
        fixture.frame(UPPER, 4, 11, client, 2, 0);
        assertThat(client.link.snapshots()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Shed.class)
    void tellsClientsEachStepDown(Shed step) {
        Client client = fixture.client(1).playing(WEST);
        fixture.gateway.inbox().offer(new CellOutput.Pace(TestWorld.ID, 0, 1, step));
        fixture.gateway.drain(fixture.nowNanos);
        fixture.frame(WEST, 1, 2, client, 1, 0);
        assertThat(client.link.snapshots().getLast().shed()).isEqualTo(step.ordinal());
    }

    @Test
    void isAsPatientWithSilentCellsAsTheWorldIsSlow() {
        Client client = fixture.client(1).playing(WEST);
        fixture.gateway.inbox().offer(new CellOutput.Pace(TestWorld.ID, 0, 0.1f, Shed.FAR_RINGS));
        fixture.gateway.drain(fixture.nowNanos);
        for (int i = 0; i < 100; i++) {
            client.say(new Ping(i));
            fixture.pass(50);
        }
        assertThat(fixture.requests).as("joined once in 5 s").hasSize(1);
        for (int i = 0; i < 320; i++) {
            client.say(new Ping(i));
            fixture.pass(50);
        }
        assertThat(fixture.requests).as("and again after 20 s").hasSize(2);
        assertThat(fixture.closed).doesNotContain(ErrorCode.INTERNAL);
    }
}
