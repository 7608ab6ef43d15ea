package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.DeltaMerger;

/** The last few deltas of a slice as one, made when the first company asks for it and shared by all that are as far behind. */
final class MergedDelta {
    private final ByteWriter bytes = new ByteWriter(64);
    private int entityCount;
    private int seq;
    private boolean made;
    private boolean whole;

    /** The slice has other deltas now. */
    void expire() {
        made = false;
    }

    /** @return false if the deltas can only be sent one by one */
    boolean make(SliceMirror slice, int chain, DeltaMerger merger) {
        if (made && seq == slice.seq()) {
            return whole;
        }
        made = true;
        seq = slice.seq();
        whole = true;
        for (int back = chain - 2; whole && back >= 0; back--) {
            whole = DeltaMerger.canFollow(slice.deltaBytes(back), 0);
        }
        if (!whole) {
            return false;
        }
        merger.begin(slice.state());
        for (int back = chain - 1; whole && back >= 0; back--) {
            whole = merger.add(slice.deltaBytes(back), 0, slice.deltaLength(back));
        }
        if (whole) {
            merger.finish(bytes.clear());
            entityCount = merger.entityCount();
        }
        return whole;
    }

    byte[] bytes() {
        return bytes.array();
    }

    int length() {
        return bytes.size();
    }

    int entityCount() {
        return entityCount;
    }
}
