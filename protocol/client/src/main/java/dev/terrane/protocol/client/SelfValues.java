package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import org.jspecify.annotations.Nullable;

/** The own avatar's components, exact, with owner-only fields; kept from frame to frame. Not thread-safe. */
public final class SelfValues {
    private final WireLayout layout;
    private final long[][] bits;
    private final @Nullable String[][] texts;
    private long componentMask;

    public SelfValues(WireLayout layout) {
        this.layout = layout;
        int count = layout.schema().components().size();
        this.bits = new long[count][];
        this.texts = new String[count][];
        for (int c = 0; c < count; c++) {
            bits[c] = new long[layout.componentCodes(c).length];
            texts[c] = new String[bits[c].length];
        }
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if these are no values of this schema */
    public SelfValues read(ByteReader in) {
        long mask = in.varulong();
        if (bits.length < Long.SIZE && mask >>> bits.length != 0) {
            throw in.malformed("component mask 0x" + Long.toHexString(mask) + " names more than " + bits.length);
        }
        componentMask = mask;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int c = Long.numberOfTrailingZeros(rest);
            FieldCode[] codes = layout.componentCodes(c);
            for (int f = 0; f < codes.length; f++) {
                if (codes[f] == FieldCode.TEXT) {
                    texts[c][f] = ValueReader.text(in);
                } else {
                    bits[c][f] = ValueReader.exact(in, codes[f]);
                }
            }
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow the own avatar's values");
        }
        return this;
    }

    /**
     * Takes what differs from the values that are here.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it names fields that are not
     */
    public SelfValues change(ByteReader in) {
        long mask = in.varulong();
        int place = 0;
        for (long rest = componentMask; rest != 0; rest &= rest - 1) {
            int c = Long.numberOfTrailingZeros(rest);
            FieldCode[] codes = layout.componentCodes(c);
            for (int f = 0; f < codes.length; f++, place++) {
                if (place >= Long.SIZE || (mask >>> place & 1) == 0) {
                    continue;
                }
                if (codes[f] == FieldCode.TEXT) {
                    texts[c][f] = ValueReader.text(in);
                } else {
                    bits[c][f] = ValueReader.exactDifference(in, codes[f], bits[c][f]);
                }
            }
        }
        if (place < Long.SIZE && mask >>> place != 0) {
            throw in.malformed("field mask 0x" + Long.toHexString(mask) + " names more than " + place);
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow what differs of the own avatar");
        }
        return this;
    }

    public boolean has(int component) {
        return (componentMask >>> component & 1) != 0;
    }

    /** @param field counts all replicated fields of the component */
    public long bits(int component, int field) {
        return bits[component][field];
    }

    public float floatValue(int component, int field) {
        return Float.intBitsToFloat((int) bits[component][field]);
    }

    /** Empty for a field that is no text. */
    public String text(int component, int field) {
        String value = texts[component][field];
        return value == null ? "" : value;
    }
}
