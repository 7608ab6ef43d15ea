package dev.terrane.sdk;

import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SnapshotBody;
import dev.terrane.protocol.client.SnapshotHead;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A snapshot as a gateway writes it, its head complete; a slice's number follows from its address. */
public final class TestSnapshot {
    private final ByteBuffer out = ByteBuffer.allocate(8192);
    private final SnapshotHead head = new SnapshotHead(20);
    private final SnapshotBody body = new SnapshotBody();

    TestSnapshot(int tick, boolean keyframe) {
        head.cell(0, 0, 0, 1).avatar(1, 1).pace(1, 0).write(out, keyframe, tick, 1_000_000 + tick * 50.0, 0);
        body.begin(out);
    }

    public void keyframe(SliceAddress slice, int seq, int age, byte[] entities) {
        body.keyframe(slice, numberOf(slice), seq, age, entities, 0, entities.length);
    }

    void delta(SliceAddress slice, int baseSeq, byte[] changes) {
        body.delta(numberOf(slice), baseSeq, baseSeq + 1, 0, changes, 0, changes.length);
    }

    void forget(SliceAddress slice) {
        body.forget(slice);
    }

    public void self(byte[] values) {
        head.self(out, true, values, 0, values.length);
    }

    void selfChanges(byte[] values) {
        head.self(out, false, values, 0, values.length);
    }

    void ownEvents(byte[] events) {
        head.ownEvents(out, events, 0, events.length);
    }

    byte[] bytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int numberOf(SliceAddress slice) {
        return slice.regionA() * 1000 + slice.chunk();
    }
}
