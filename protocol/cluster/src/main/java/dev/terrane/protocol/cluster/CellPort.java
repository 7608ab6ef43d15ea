package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;

/** The way to any cell. Any thread may call it; it never blocks. */
public interface CellPort {
    /** @param epoch the cell epoch the sender believes in, or {@link #ANY_EPOCH} */
    Admission offer(CellId cell, long epoch, CellInput message);

    /** For messages that are good under any epoch, such as a join. */
    long ANY_EPOCH = -1;
}
