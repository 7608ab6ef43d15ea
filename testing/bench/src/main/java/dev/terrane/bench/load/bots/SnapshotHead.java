package dev.terrane.bench.load.bots;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tick and time of a snapshot, read without reading the rest. Reused; not thread-safe. */
final class SnapshotHead {
    /** How much of a message is needed. */
    static final int BYTES_MAX = 0x68;

    // The server patches these places of a template (docs/PROTOCOL.md, "One snapshot, annotated").
    private static final int TYPE = 0x1B;
    private static final int SNAPSHOT_TYPE = 8;
    private static final int TICK = 0x44;
    private static final int SERVER_TIME = 0x60;

    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    int tick;
    double serverTimeMillis;

    /** False when the message is something else. */
    boolean read(byte[] bytes, int length) {
        if (length < BYTES_MAX || bytes[TYPE] != SNAPSHOT_TYPE) {
            return false;
        }
        tick = (int) INT.get(bytes, TICK);
        serverTimeMillis = Double.longBitsToDouble((long) LONG.get(bytes, SERVER_TIME));
        return true;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
