package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * The pieces of a slice body, in primitives, so that a columnar encoder allocates nothing.
 *
 * <pre>
 *   keyframe   count · full+values …
 *   delta      count · left …   count · full+values …   count · changed+values …   event+values …
 * </pre>
 *
 * <p>Values stand for public fields, ascending: {@link #absolute} after {@link #full} and {@link #event}, {@link #difference}
 * after {@link #changed}, {@link #exact} in the record of the own avatar.
 */
public final class SliceWriter {
    public static final int SLOT_COUNT = 128;
    /** Public fields that one entity can have: bits of the mask of {@link #changed}. */
    public static final int ENTITY_FIELD_COUNT_MAX = 64;

    public static final int TEXT_BYTES_MAX = 255;

    /** Bits of the first byte of a delta's changes: which parts follow, in this order. */
    public static final int PART_LEFT = 1;

    public static final int PART_CHANGED = 2;
    public static final int PART_ENTERED = 4;
    public static final int PART_EVENTS = 8;

    private SliceWriter() {}

    /** Opens a list: entities of a keyframe; left, entered and changed of a delta. */
    public static void count(ByteWriter out, int count) {
        out.varuint(count);
    }

    public static void left(ByteWriter out, int slot, LeftReason reason) {
        out.u8(slot);
        out.u8(reason.ordinal());
    }

    /** @param componentMask only components that have public fields; their values follow, absolute */
    public static void full(ByteWriter out, int slot, long entity, int ownership, long componentMask) {
        out.u8(slot);
        out.varulong(entity);
        out.varuint(ownership);
        out.varulong(componentMask);
    }

    /** @param fieldMask bit = entity field index (docs/PROTOCOL.md); their values follow, as differences */
    public static void changed(ByteWriter out, int slot, long fieldMask) {
        out.u8(slot);
        out.varulong(fieldMask);
    }

    /** An event, after the three lists; all its fields follow, absolute. */
    public static void event(ByteWriter out, int number) {
        out.u8(number);
    }

    /** A record of kind SELF starts so; exact values of all replicated fields follow. */
    public static void self(ByteWriter out, long componentMask) {
        out.varulong(componentMask);
    }

    /** Not for texts: {@link #text}. */
    public static void absolute(ByteWriter out, FieldCode code, long bits) {
        switch (code) {
            case QUANTISED, INT -> out.varint((int) bits);
            case FLOAT -> out.i32((int) bits);
            case LONG -> out.varlong(bits);
            case BOOLEAN -> out.u8((int) bits);
            case TEXT -> throw textHasNoBits();
        }
    }

    /** Not for texts: {@link #text}. */
    public static void difference(ByteWriter out, FieldCode code, long bits, long baseBits) {
        switch (code) {
            case QUANTISED, INT -> out.varint((int) bits - (int) baseBits);
            case FLOAT -> out.i32((int) bits);
            case LONG -> out.varlong(bits - baseBits);
            case BOOLEAN -> out.u8((int) bits);
            case TEXT -> throw textHasNoBits();
        }
    }

    /** As {@link #absolute}, but the bits of a quantised float are {@link Float#floatToRawIntBits} of its true value. */
    public static void exact(ByteWriter out, FieldCode code, long bits) {
        if (code == FieldCode.QUANTISED) {
            out.i32((int) bits);
        } else {
            absolute(out, code, bits);
        }
    }

    /** A text in any of the three forms; what is beyond {@link #TEXT_BYTES_MAX} bytes of UTF-8 is cut off. */
    public static void text(ByteWriter out, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        int length = encoded.length;
        if (length > TEXT_BYTES_MAX) {
            length = TEXT_BYTES_MAX;
            while ((encoded[length] & 0xC0) == 0x80) { // never cut inside a character
                length--;
            }
        }
        out.varuint(length);
        out.raw(encoded, 0, length);
    }

    private static IllegalArgumentException textHasNoBits() {
        return new IllegalArgumentException("a text has no bits; write it with SliceWriter.text");
    }
}
