package dev.terrane.gateway;

import dev.terrane.protocol.client.SnapshotHead;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What earlier snapshots told a client about its avatar, so that later ones tell only what differs. */
final class ToldSelf {
    private static final byte[] NONE = {};

    private @Nullable SnapshotHead head;
    /** Values of the avatar, as the cell wrote them. */
    byte[] values = NONE;

    int length;

    SnapshotHead head(int simulationHz) {
        SnapshotHead known = head;
        if (known == null) {
            known = new SnapshotHead(simulationHz);
            head = known;
        }
        return known;
    }

    void forget() {
        length = 0;
    }

    boolean isSame(byte[] bytes, int offset, int newLength) {
        return Arrays.equals(values, 0, length, bytes, offset, offset + newLength);
    }

    void remember(byte[] bytes, int offset, int newLength) {
        if (values.length < newLength) {
            values = new byte[newLength];
        }
        System.arraycopy(bytes, offset, values, 0, newLength);
        length = newLength;
    }
}
