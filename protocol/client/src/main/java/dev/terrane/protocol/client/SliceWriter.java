package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * The pieces of a slice body, in primitives, so that a columnar encoder allocates nothing.
 *
 * <pre>
 *   keyframe   count · full+values …
 *   delta      parts · count · left …   count · full+values …   {@link ChangeGroups}   bytes · event+values …
 * </pre>
 *
 * <p>Values stand for public fields, ascending: {@link #absolute} after {@link #full} and {@link #event}, {@link #difference}
 * after {@link ChangeGroups#add}, {@link #exact} in the records of the own avatar.
 */
public final class SliceWriter {
    public static final int SLOT_COUNT = 128;
    /** Public fields that one entity can have: the head of a group of changes has a bit for each, and two more. */
    public static final int ENTITY_FIELD_COUNT_MAX = 62;

    public static final int TEXT_BYTES_MAX = 255;

    /** Bits of the first byte of a delta's changes: which parts follow, in this order. */
    public static final int PART_LEFT = 1;

    public static final int PART_ENTERED = 2;
    public static final int PART_CHANGED = 4;
    public static final int PART_EVENTS = 8;

    private SliceWriter() {}

    /** Begins a delta. @param parts those of the PART bits that are not empty; an empty one is left out */
    public static void parts(ByteWriter out, int parts) {
        out.u8(parts);
    }

    /** Opens a list: entities of a keyframe; left and entered of a delta. */
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

    /** The events of a delta: its last part. */
    public static void events(ByteWriter out, byte[] events, int length) {
        out.varuint(length);
        out.raw(events, 0, length);
    }

    /** An event; all its fields follow, absolute. */
    public static void event(ByteWriter out, int number) {
        out.u8(number);
    }

    /** A record of kind SELF starts so; exact values of all replicated fields follow. */
    public static void self(ByteWriter out, long componentMask) {
        out.varulong(componentMask);
    }

    /** A record of kind SELF_CHANGES starts so; differences of these fields follow. @param fieldMask bit = place among the fields of the last SELF */
    public static void selfChanges(ByteWriter out, long fieldMask) {
        out.varulong(fieldMask);
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

    /** As {@link #difference}, but floats as {@link #exact} has them, their bits subtracted. */
    static void exactDifference(ByteWriter out, FieldCode code, long bits, long baseBits) {
        switch (code) {
            case QUANTISED, FLOAT -> out.varint((int) bits - (int) baseBits);
            default -> difference(out, code, bits, baseBits);
        }
    }

    /** A text in any of its forms; what is beyond {@link #TEXT_BYTES_MAX} bytes of UTF-8 is cut off. */
    public static void text(ByteWriter out, String value) {
        if (isShortAscii(value)) {
            out.varuint(value.length());
            for (int i = 0; i < value.length(); i++) {
                out.u8(value.charAt(i));
            }
            return;
        }
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

    /** Then it is its own UTF-8, and needs no array. */
    private static boolean isShortAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return value.length() <= TEXT_BYTES_MAX;
    }

    private static IllegalArgumentException textHasNoBits() {
        return new IllegalArgumentException("a text has no bits; write it with SliceWriter.text");
    }
}
