package dev.terrane.server.lanes;

import dev.terrane.command.LaneHint;

/** Lanes that a node consumes. Any thread. */
public interface RunningLanes extends AutoCloseable {
    /** Another node has appended something. */
    void nudge(LaneHint hint);

    /** Concludes what is on its way, and gives leases back. Blocks. */
    @Override
    void close() throws InterruptedException;
}
