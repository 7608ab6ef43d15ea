package dev.terrane.bench.load.bots;

import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SnapshotReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads tick and time of a connection's snapshots without the rest of them: in the compact form and inside an Envelope. One per connection, for a compact head
 * leaves out what an earlier one told; not thread-safe.
 */
final class HeadReader {
    /** How much of a message is needed. */
    static final int BYTES_MAX = 0x68;

    private static final int SIMULATION_HZ = 20;

    // Inside an Envelope the server patches these places of a template (docs/PROTOCOL.md, "One snapshot, annotated").
    private static final int TYPE = 0x1B;
    private static final int SNAPSHOT_TYPE = 8;
    private static final int TICK = 0x44;
    private static final int SERVER_TIME = 0x60;

    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final SnapshotReader compact = new SnapshotReader(SIMULATION_HZ);
    private int tick;
    private double serverTimeMillis;

    /**
     * False when the message is something else.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if a compact head makes no sense
     */
    boolean read(byte[] bytes, int length) {
        if (SnapshotReader.isSnapshot(bytes, 0, length)) {
            ServerSnapshot snapshot = compact.read(bytes, 0, length);
            tick = snapshot.tick();
            serverTimeMillis = snapshot.serverTimeMillis();
            return true;
        }
        if (length < BYTES_MAX || bytes[TYPE] != SNAPSHOT_TYPE) {
            return false;
        }
        tick = (int) INT.get(bytes, TICK);
        serverTimeMillis = Double.longBitsToDouble((long) LONG.get(bytes, SERVER_TIME));
        return true;
    }

    int tick() {
        return tick;
    }

    double serverTimeMillis() {
        return serverTimeMillis;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
