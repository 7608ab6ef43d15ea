package dev.terrane.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends to a byte array that grows by doubling and is kept between uses: {@link #clear} and write again. */
public final class ByteWriter {
    private byte[] bytes;
    private int size;

    public ByteWriter(int capacityBytes) {
        this.bytes = new byte[Math.max(16, capacityBytes)];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** The live array, valid up to {@link #size}; the next write may replace it. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public ByteWriter clear() {
        size = 0;
        return this;
    }

    /** Forgets everything after {@code newSize}, which must not be more than {@link #size}. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " bytes to " + newSize);
        }
        size = newSize;
    }

    public void u8(int value) {
        need(1);
        bytes[size++] = (byte) value;
    }

    public void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    public void i32(int value) {
        need(4);
        putI32(size, value);
        size += 4;
    }

    public void i64(long value) {
        need(8);
        putI64(size, value);
        size += 8;
    }

    /** How many as varuint, then the first {@code count} values, 8 bytes each. */
    public void i64s(long[] values, int count) {
        varuint(count);
        need(count * 8);
        for (int i = 0; i < count; i++) {
            putI64(size, values[i]);
            size += 8;
        }
    }

    /** How many as varuint, then each as {@link #varint}. */
    public void varints(int[] values) {
        varuint(values.length);
        for (int value : values) {
            varint(value);
        }
    }

    public void f32(float value) {
        i32(Float.floatToRawIntBits(value));
    }

    public void f64(double value) {
        i64(Double.doubleToRawLongBits(value));
    }

    /** Unsigned LEB128, at most 5 bytes. */
    public void varuint(int value) {
        need(5);
        int rest = value;
        byte[] target = bytes;
        int at = size;
        while ((rest & ~0x7F) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    /** Unsigned LEB128, at most 10 bytes. */
    public void varulong(long value) {
        need(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Zigzag LEB128: small magnitudes of either sign stay short. */
    public void varint(int value) {
        varuint((value << 1) ^ (value >> 31));
    }

    public void varlong(long value) {
        varulong((value << 1) ^ (value >> 63));
    }

    /** Length in bytes as varuint, then UTF-8. */
    public void utf8(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        varuint(encoded.length);
        raw(encoded, 0, encoded.length);
    }

    /** Length as varuint, then the bytes. */
    public void blob(byte[] value) {
        varuint(value.length);
        raw(value, 0, value.length);
    }

    public void raw(byte[] source, int offset, int length) {
        need(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Overwrites four bytes written before, for lengths known only afterwards. */
    public void patchI32(int at, int value) {
        if (at < 0 || at + 4 > size) {
            throw new IllegalArgumentException("cannot patch 4 bytes at " + at + " of " + size);
        }
        putI32(at, value);
    }

    private void putI32(int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
    }

    private void putI64(int at, long value) {
        putI32(at, (int) value);
        putI32(at + 4, (int) (value >>> 32));
    }

    private void need(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
