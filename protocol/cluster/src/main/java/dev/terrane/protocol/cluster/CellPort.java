package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;

/** The way to any cell. Any thread may call it; it never blocks. */
public interface CellPort {
    /** @param epoch the cell epoch the sender believes in, or {@link #ANY_EPOCH} */
    Admission offer(CellId cell, long epoch, CellInput message);

    /** Lets go what was offered, where it has to leave for another node. Once after several offers. */
    default void flush() {}

    /** For messages that are good under any epoch, such as a join. */
    long ANY_EPOCH = -1;
}
