package dev.terrane.server.lanes;

/** Lanes that a node consumes. Any thread. */
public interface RunningLanes extends AutoCloseable {
    /** Another node has appended to this lane. @param lane empty: to some, or to outboxes */
    void nudge(String lane);

    /** Concludes what is on its way, and gives leases back. Blocks. */
    @Override
    void close() throws InterruptedException;
}
