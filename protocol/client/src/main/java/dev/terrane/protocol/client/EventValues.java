package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import org.jspecify.annotations.Nullable;

/** One event of the game, decoded; reused from event to event. Not thread-safe. */
public final class EventValues {
    private final WireLayout layout;
    private final long[] bits = new long[WireSchema.FIELD_COUNT_MAX];
    private final @Nullable String[] texts = new String[WireSchema.FIELD_COUNT_MAX];
    private int number;

    public EventValues(WireLayout layout) {
        this.layout = layout;
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the next bytes are no event of this schema */
    public EventValues read(ByteReader in) {
        int next = in.u8();
        if (next >= layout.schema().events().size()) {
            throw in.malformed("event " + next + " is unknown");
        }
        number = next;
        FieldCode[] codes = layout.eventCodes(next);
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == FieldCode.TEXT) {
                texts[i] = ValueReader.text(in);
            } else {
                bits[i] = ValueReader.absolute(in, codes[i]);
            }
        }
        return this;
    }

    public int number() {
        return number;
    }

    public WireRecord type() {
        return layout.schema().events().get(number);
    }

    /** A number or boolean as {@link FieldCode} describes its bits. */
    public long bits(int field) {
        return bits[field];
    }

    public float floatValue(int field) {
        return layout.eventCodes(number)[field] == FieldCode.QUANTISED
                ? Quantiser.value((int) bits[field], type().fields().get(field).step())
                : Float.intBitsToFloat((int) bits[field]);
    }

    /** Empty for a field that is no text. */
    public String text(int field) {
        String value = layout.eventCodes(number)[field] == FieldCode.TEXT ? texts[field] : null;
        return value == null ? "" : value;
    }
}
