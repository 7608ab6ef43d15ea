package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/**
 * Finds what differs between two states of an avatar: from two bodies of a SELF record makes the body of a SELF_CHANGES record. Reused; allocates nothing
 * once it has grown. Not thread-safe.
 *
 * <p>Floats are subtracted as whole numbers, in their 32-bit form: two that are near each other differ by few bits, and the difference is still exact.
 */
public final class SelfDelta {
    private final WireLayout layout;
    private final ByteReader before = new ByteReader(new byte[0]);
    private final ByteReader now = new ByteReader(new byte[0]);
    private final ByteWriter values = new ByteWriter(64);
    private long mask;
    private boolean nan;

    public SelfDelta(WireLayout layout) {
        this.layout = layout;
    }

    /**
     * @param out gets the body of SELF_CHANGES appended
     * @return false if the client has to get the whole: other components, too many fields for a mask, or a float that is no number, whose bits not every
     *     client keeps; then nothing was written
     * @throws dev.terrane.bytes.MalformedBytesException if one of the two is no body of a SELF record of this schema
     */
    public boolean write(byte[] old, int oldLength, byte[] bytes, int offset, int length, ByteWriter out) {
        before.wrap(old, 0, oldLength);
        now.wrap(bytes, offset, length);
        values.clear();
        mask = 0;
        long components = now.varulong();
        if (before.varulong() != components || !layout.selfFits(components)) {
            return false;
        }
        nan = false;
        int place = 0;
        for (long rest = components; rest != 0; rest &= rest - 1) {
            for (FieldCode code : layout.componentCodes(Long.numberOfTrailingZeros(rest))) {
                if (code == FieldCode.TEXT) {
                    text(old, bytes, place++);
                } else {
                    value(code, place++);
                }
            }
        }
        if (nan) {
            return false;
        }
        SliceWriter.selfChanges(out, mask);
        out.raw(values.array(), 0, values.size());
        return true;
    }

    private void value(FieldCode code, int place) {
        long base = ValueReader.exact(before, code);
        long bits = ValueReader.exact(now, code);
        if (bits != base) {
            boolean real = code == FieldCode.FLOAT || code == FieldCode.QUANTISED;
            nan |= real && Float.isNaN(Float.intBitsToFloat((int) base));
            mask |= 1L << place;
            SliceWriter.exactDifference(values, code, bits, base);
        }
    }

    private void text(byte[] old, byte[] bytes, int place) {
        int oldLength = before.count(1);
        int oldFrom = before.position();
        before.skip(oldLength);
        int length = now.count(1);
        int from = now.position();
        now.skip(length);
        if (!Arrays.equals(old, oldFrom, oldFrom + oldLength, bytes, from, from + length)) {
            mask |= 1L << place;
            values.varuint(length);
            values.raw(bytes, from, length);
        }
    }
}
