package dev.terrane.interest;

import java.util.Arrays;

/** The avatars that sessions of one gateway drive, as columns. Filled anew for each frame and reused. */
public final class AvatarList {
    private static final int[] NO_ENDS = {};
    private static final long[] NO_IDS = {};

    long[] session = new long[16];
    long[] handle = new long[16];
    long[] entity = new long[16];
    int[] ownership = new int[16];
    int[] ackedSeq = new int[16];
    private int[] highlightEnd = new int[16];
    private long[] highlights = new long[16];
    private int highlightCount;
    private int size;

    public void clear() {
        size = 0;
        highlightCount = 0;
    }

    /** @param avatar handle in the cell's store, alive and with a position */
    public void add(long sessionId, long avatar, long entityId, int ownershipCounter, int ackedInputSeq) {
        if (size == session.length) {
            session = Arrays.copyOf(session, size * 2);
            handle = Arrays.copyOf(handle, size * 2);
            entity = Arrays.copyOf(entity, size * 2);
            ownership = Arrays.copyOf(ownership, size * 2);
            ackedSeq = Arrays.copyOf(ackedSeq, size * 2);
            highlightEnd = Arrays.copyOf(highlightEnd, size * 2);
        }
        session[size] = sessionId;
        handle[size] = avatar;
        entity[size] = entityId;
        ownership[size] = ownershipCounter;
        highlightEnd[size] = highlightCount;
        ackedSeq[size++] = ackedInputSeq;
    }

    /** This entity matters to the driver of the avatar that was added last. */
    public void highlight(long entityId) {
        if (highlightCount == highlights.length) {
            highlights = Arrays.copyOf(highlights, highlightCount * 2);
        }
        highlights[highlightCount++] = entityId;
        highlightEnd[size - 1] = highlightCount;
    }

    /** Where those of each avatar end; empty when there are none at all. */
    int[] highlightEnds() {
        return highlightCount == 0 ? NO_ENDS : Arrays.copyOf(highlightEnd, size);
    }

    long[] highlightIds() {
        return highlightCount == 0 ? NO_IDS : Arrays.copyOf(highlights, highlightCount);
    }

    public int size() {
        return size;
    }
}
