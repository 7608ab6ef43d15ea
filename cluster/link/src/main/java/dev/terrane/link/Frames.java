package dev.terrane.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The layout of a frame: length, type, lane, number, payload; little-endian. docs/LINKS.md has the same as a table. */
final class Frames {
    static final int LENGTH_AT = 0;
    static final int TYPE_AT = 4;
    static final int LANE_AT = 5;
    static final int SEQUENCE_AT = 6;
    static final int HEAD_BYTES = 14;
    /** The length does not count itself. */
    static final int LENGTH_BYTES = 4;

    static final int LENGTH_MIN = HEAD_BYTES - LENGTH_BYTES;

    static final int HELLO = 1;
    static final int ACCEPT = 2;
    static final int MESSAGE = 3;
    static final int HEARTBEAT = 4;
    static final int CLOSE = 5;

    /** Of frames that are no messages: greeting, acceptance, closing. */
    static final int OWN_PAYLOAD_BYTES_MAX = 4096;

    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Frames() {}

    static void putHead(byte[] into, int type, Lane lane, long sequence, int payloadBytes) {
        I32.set(into, LENGTH_AT, LENGTH_MIN + payloadBytes);
        into[TYPE_AT] = (byte) type;
        into[LANE_AT] = (byte) lane.code();
        I64.set(into, SEQUENCE_AT, sequence);
    }

    static void putI32(byte[] bytes, int at, int value) {
        I32.set(bytes, at, value);
    }

    static int i32(byte[] bytes, int at) {
        return (int) I32.get(bytes, at);
    }

    static long i64(byte[] bytes, int at) {
        return (long) I64.get(bytes, at);
    }
}
