package dev.terrane.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a range of a byte array from front to back and never past its limit. Reusable by {@link #wrap}. */
public final class ByteReader {
    private byte[] bytes;
    private int position;
    private int limit;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        wrap(bytes, offset, length);
    }

    public ByteReader wrap(byte[] newBytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > newBytes.length - length) {
            throw new IllegalArgumentException(
                    "range " + offset + " + " + length + " is outside " + newBytes.length + " bytes");
        }
        this.bytes = newBytes;
        this.position = offset;
        this.limit = offset + length;
        return this;
    }

    /** Offset of the next byte in the wrapped array. */
    public int position() {
        return position;
    }

    public int remaining() {
        return limit - position;
    }

    public void skip(int count) {
        need(count, "skipped bytes");
        position += count;
    }

    public int u8() {
        need(1, "a byte");
        return bytes[position++] & 0xFF;
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw malformed("a boolean must be 0 or 1, not " + value);
        }
        return value == 1;
    }

    public int i32() {
        need(4, "4 bytes");
        int value = i32At(position);
        position += 4;
        return value;
    }

    private int i32At(int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    public long i64() {
        need(8, "8 bytes");
        long value = i64At(position);
        position += 8;
        return value;
    }

    private long i64At(int at) {
        return i32At(at) & 0xFFFF_FFFFL | (long) i32At(at + 4) << 32;
    }

    /** What {@link ByteWriter#i64s} wrote. */
    public long[] i64s() {
        long[] values = new long[count(8)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i64At(position);
            position += 8;
        }
        return values;
    }

    /** What {@link ByteWriter#varints} wrote. */
    public int[] varints() {
        int[] values = new int[count(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = varint();
        }
        return values;
    }

    public float f32() {
        return Float.intBitsToFloat(i32());
    }

    public double f64() {
        return Double.longBitsToDouble(i64());
    }

    public int varuint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a varuint is longer than 5 bytes");
    }

    public long varulong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a varulong is longer than 10 bytes");
    }

    public int varint() {
        int raw = varuint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    public long varlong() {
        long raw = varulong();
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** A count of things that take at least {@code bytesEach} each: refused if they cannot all be in what remains. */
    public int count(int bytesEach) {
        int value = varuint();
        if (value < 0 || (long) value * bytesEach > remaining()) {
            throw malformed(
                    "a count of " + Integer.toUnsignedString(value) + " does not fit into " + remaining() + " bytes");
        }
        return value;
    }

    public String utf8(int bytesMax) {
        int length = count(1);
        if (length > bytesMax) {
            throw malformed("a text of " + length + " bytes is longer than " + bytesMax);
        }
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    public byte[] blob(int bytesMax) {
        int length = count(1);
        if (length > bytesMax) {
            throw malformed("a blob of " + length + " bytes is longer than " + bytesMax);
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    /** A copy of all that remains. */
    public byte[] rest() {
        byte[] value = Arrays.copyOfRange(bytes, position, limit);
        position = limit;
        return value;
    }

    public MalformedBytesException malformed(String what) {
        return new MalformedBytesException(what + " (at byte " + position + " of " + limit + ")");
    }

    private void need(int count, String what) {
        if (count < 0 || count > limit - position) {
            throw malformed(what + " expected, but only " + (limit - position) + " remain");
        }
    }
}
