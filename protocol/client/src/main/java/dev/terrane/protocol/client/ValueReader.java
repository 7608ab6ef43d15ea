package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;

/** The forms of a value, read; the counterpart of {@link SliceWriter}'s. */
final class ValueReader {
    private ValueReader() {}

    /** Not for texts. */
    static long absolute(ByteReader in, FieldCode code) {
        return switch (code) {
            case QUANTISED, INT -> in.varint();
            case FLOAT -> in.i32();
            case LONG -> in.varlong();
            case BOOLEAN -> in.bool() ? 1 : 0;
            case TEXT -> throw new IllegalArgumentException("a text has no bits");
        };
    }

    /** Not for texts. */
    static long difference(ByteReader in, FieldCode code, long base) {
        return switch (code) {
            case QUANTISED, INT -> (int) base + in.varint();
            case LONG -> base + in.varlong();
            default -> absolute(in, code);
        };
    }

    /** Not for texts. */
    static long exact(ByteReader in, FieldCode code) {
        return code == FieldCode.QUANTISED ? in.i32() : absolute(in, code);
    }

    /** Not for texts. */
    static long exactDifference(ByteReader in, FieldCode code, long base) {
        return switch (code) {
            case QUANTISED, FLOAT -> (int) base + in.varint();
            default -> difference(in, code, base);
        };
    }

    static String text(ByteReader in) {
        return in.utf8(SliceWriter.TEXT_BYTES_MAX);
    }
}
