package dev.terrane.interest;

/** The avatars that sessions of one gateway drive, as columns. Filled anew for each frame and reused. */
public final class AvatarList {
    public void clear() {
        throw new UnsupportedOperationException();
    }

    /** @param handle of the avatar in the cell's store, alive and with a position */
    public void add(long session, long handle, long entityId, int ownership, int ackedSeq) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }
}
