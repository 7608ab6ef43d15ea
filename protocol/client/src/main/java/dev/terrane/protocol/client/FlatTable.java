package dev.terrane.protocol.client;

import dev.terrane.bytes.MalformedBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A FlatBuffers table read without trust.
 *
 * <p>The Java runtime has no verifier, and its accessors follow any offset they find. Here every step is checked against the
 * frame first, so no other check is needed and a hostile message costs no more than an honest one.
 */
final class FlatTable {
    /** A message whose form is right but a part of which is over its limit. */
    static final class OverLimitException extends RuntimeException {
        OverLimitException(String message) {
            super(message, null, false, false); // an expected outcome: no stack trace to pay for
        }
    }

    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle SHORT = view(short[].class);
    private static final int ROOT_BYTES = 8; // offset of the root table, file identifier
    private static final int VTABLE_HEADER_BYTES = 4;

    private final byte[] bytes;
    private final int start;
    private final int limit;
    private final int table;
    private final int tableBytes;
    private final int vtable;
    private final int vtableBytes;

    private FlatTable(byte[] bytes, int start, int limit, int table) {
        this.bytes = bytes;
        this.start = start;
        this.limit = limit;
        this.table = table;
        need(table, 4, "a table");
        this.vtable = checked((long) table - (int) INT.get(bytes, table), VTABLE_HEADER_BYTES, "a table's index");
        this.vtableBytes = u16At(vtable);
        this.tableBytes = u16At(vtable + 2);
        if (vtableBytes < VTABLE_HEADER_BYTES || vtableBytes % 2 != 0 || tableBytes < 4) {
            throw malformed("a table's index of " + vtableBytes + " bytes for " + tableBytes + " cannot be");
        }
        need(vtable, vtableBytes, "a table's index");
        need(table, tableBytes, "a table");
    }

    static FlatTable root(byte[] bytes, int offset, int length, String identifier) {
        if (length < ROOT_BYTES) {
            throw new MalformedBytesException("a message of " + length + " bytes is shorter than " + ROOT_BYTES);
        }
        for (int i = 0; i < identifier.length(); i++) {
            if (bytes[offset + 4 + i] != identifier.charAt(i)) {
                throw new MalformedBytesException("the message is no " + identifier + " buffer");
            }
        }
        long root = Integer.toUnsignedLong((int) INT.get(bytes, offset));
        if (root > length - 4) {
            throw new MalformedBytesException("the root table at " + root + " is outside " + length + " bytes");
        }
        return new FlatTable(bytes, offset, offset + length, offset + (int) root);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where a field's value stands in the bytes, or 0 when it is absent (the first bytes are never a field). */
    int position(int field, int size) {
        int entry = VTABLE_HEADER_BYTES + 2 * field;
        int offset = entry + 2 <= vtableBytes ? u16At(vtable + entry) : 0;
        if (offset == 0) {
            return 0;
        }
        if (offset < 4 || offset + size > tableBytes) {
            throw malformed("field " + field + " at " + offset + " is outside its table of " + tableBytes + " bytes");
        }
        return table + offset;
    }

    int u8(int field) {
        int at = position(field, 1);
        return at == 0 ? 0 : bytes[at] & 0xFF;
    }

    boolean bool(int field) {
        return u8(field) != 0;
    }

    int u16(int field) {
        int at = position(field, 2);
        return at == 0 ? 0 : u16At(at);
    }

    int i32(int field) {
        int at = position(field, 4);
        return at == 0 ? 0 : (int) INT.get(bytes, at);
    }

    long i64(int field) {
        int at = position(field, 8);
        return at == 0 ? 0 : (long) LONG.get(bytes, at);
    }

    float f32(int field, float absent) {
        int at = position(field, 4);
        return at == 0 ? absent : Float.intBitsToFloat((int) INT.get(bytes, at));
    }

    double f64(int field) {
        return Double.longBitsToDouble(i64(field));
    }

    @Nullable
    FlatTable table(int field) {
        int at = position(field, 4);
        return at == 0 ? null : new FlatTable(bytes, start, limit, target(at));
    }

    /** Empty when absent. */
    String text(int field, int bytesMax) {
        int vector = vector(field, bytesMax, "a text");
        return vector == 0 ? "" : textAt(vector);
    }

    /** A copy; empty when absent. */
    byte[] blob(int field, int bytesMax) {
        int vector = vector(field, bytesMax, "a byte vector");
        return vector == 0 ? new byte[0] : Arrays.copyOfRange(bytes, vector + 4, vector + 4 + lengthAt(vector));
    }

    /** Empty when absent. */
    List<String> texts(int field, int countMax, int bytesMax) {
        int at = position(field, 4);
        if (at == 0) {
            return List.of();
        }
        int vector = target(at);
        int count = lengthAt(vector);
        if (count > countMax) {
            throw new OverLimitException("a list of " + count + " texts is longer than " + countMax);
        }
        need(vector + 4, 4 * count, "a list of texts");
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(textAt(checkedVector(target(vector + 4 + 4 * i), bytesMax, "a text")));
        }
        return texts;
    }

    private String textAt(int vector) {
        return new String(bytes, vector + 4, lengthAt(vector), StandardCharsets.UTF_8);
    }

    /** Where a checked byte vector's length stands, or 0. */
    int vector(int field, int bytesMax, String what) {
        int at = position(field, 4);
        if (at == 0) {
            return 0;
        }
        return checkedVector(target(at), bytesMax, what);
    }

    private int checkedVector(int vector, int bytesMax, String what) {
        int length = lengthAt(vector);
        need(vector + 4, length, what);
        if (length > bytesMax) {
            throw new OverLimitException(what + " of " + length + " bytes is longer than " + bytesMax);
        }
        return vector;
    }

    int lengthAt(int vector) {
        int length = (int) INT.get(bytes, vector);
        if (length < 0) {
            throw malformed("a length of " + Integer.toUnsignedString(length) + " cannot be");
        }
        return length;
    }

    /** Offsets point forward from where they stand. */
    private int target(int at) {
        return checked(at + Integer.toUnsignedLong((int) INT.get(bytes, at)), 4, "what an offset points to");
    }

    private int u16At(int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    private int checked(long position, int size, String what) {
        if (position < start || position > limit - size) {
            throw malformed(what + " at " + (position - start) + " is outside the message");
        }
        return (int) position;
    }

    private void need(int position, int size, String what) {
        if (position < start || size > limit - position) {
            throw malformed(what + " of " + size + " bytes at " + (position - start) + " is outside the message");
        }
    }

    private MalformedBytesException malformed(String what) {
        return new MalformedBytesException(what + " (message of " + (limit - start) + " bytes)");
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
