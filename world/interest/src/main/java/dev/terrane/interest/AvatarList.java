package dev.terrane.interest;

import java.util.Arrays;

/** The avatars that sessions of one gateway drive, as columns. Filled anew for each frame and reused. */
public final class AvatarList {
    long[] session = new long[16];
    long[] handle = new long[16];
    long[] entity = new long[16];
    int[] ownership = new int[16];
    int[] ackedSeq = new int[16];
    private int size;

    public void clear() {
        size = 0;
    }

    /** @param avatar handle in the cell's store, alive and with a position */
    public void add(long sessionId, long avatar, long entityId, int ownershipCounter, int ackedInputSeq) {
        if (size == session.length) {
            session = Arrays.copyOf(session, size * 2);
            handle = Arrays.copyOf(handle, size * 2);
            entity = Arrays.copyOf(entity, size * 2);
            ownership = Arrays.copyOf(ownership, size * 2);
            ackedSeq = Arrays.copyOf(ackedSeq, size * 2);
        }
        session[size] = sessionId;
        handle[size] = avatar;
        entity[size] = entityId;
        ownership[size] = ownershipCounter;
        ackedSeq[size++] = ackedInputSeq;
    }

    public int size() {
        return size;
    }
}
