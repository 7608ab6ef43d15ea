package dev.terrane.protocol.client;

import dev.terrane.protocol.client.WireSchema.WireField;

/**
 * How a field's value looks on the wire, and as the 64 bits that {@link SliceState} keeps of it.
 *
 * <p>docs/PROTOCOL.md lists the three forms: <i>absolute</i>, <i>difference</i> and <i>exact</i>.
 */
public enum FieldCode {
    /** A float on a grid: the bits are the grid index, {@link Quantiser#quantise}. */
    QUANTISED,
    /** A float without a grid: the bits are {@link Float#floatToRawIntBits}. */
    FLOAT,
    INT,
    LONG,
    /** 0 or 1. */
    BOOLEAN,
    /** Kept beside the bits, as a String. */
    TEXT;

    public static FieldCode of(WireField field) {
        return switch (field.kind()) {
            case FLOAT -> field.step() > 0 ? QUANTISED : FLOAT;
            case INT -> INT;
            case LONG -> LONG;
            case BOOLEAN -> BOOLEAN;
            case TEXT -> TEXT;
        };
    }
}
