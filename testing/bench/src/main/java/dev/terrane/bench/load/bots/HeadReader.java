package dev.terrane.bench.load.bots;

import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SnapshotHead;
import dev.terrane.protocol.client.SnapshotReader;

/**
 * Reads tick and time of a connection's snapshots without the rest of them. One per connection, for a head leaves out what an earlier one told; not
 * thread-safe.
 */
final class HeadReader {
    /** How much of a message is needed. */
    static final int BYTES_MAX = SnapshotHead.BYTES_MAX;

    private static final int SIMULATION_HZ = 20;

    private final SnapshotReader heads = new SnapshotReader(SIMULATION_HZ);
    private int tick;
    private double serverTimeMillis;

    /**
     * False when the message is something else.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if a head makes no sense
     */
    boolean read(byte[] bytes, int length) {
        if (SnapshotReader.isSnapshot(bytes, 0, length)) {
            ServerSnapshot snapshot = heads.read(bytes, 0, length);
            tick = snapshot.tick();
            serverTimeMillis = snapshot.serverTimeMillis();
            return true;
        }
        return false;
    }

    int tick() {
        return tick;
    }

    double serverTimeMillis() {
        return serverTimeMillis;
    }
}
