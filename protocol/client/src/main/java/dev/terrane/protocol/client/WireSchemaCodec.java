package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.ArrayList;
import java.util.List;

/** The bytes of {@code Welcome.schema}. */
public final class WireSchemaCodec {
    private static final int FORMAT = 1;
    private static final List<WireKind> KINDS = List.of(WireKind.values());

    private WireSchemaCodec() {}

    public static byte[] encode(WireSchema schema) {
        ByteWriter out = new ByteWriter(1024);
        out.u8(FORMAT);
        writeRecords(out, schema.components());
        writeRecords(out, schema.events());
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if they are no schema, or one beyond the limits */
    public static WireSchema decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("schema format " + format + " is unknown; this side reads format " + FORMAT);
        }
        List<WireRecord> components = readRecords(in, WireSchema.COMPONENT_COUNT_MAX);
        List<WireRecord> events = readRecords(in, WireSchema.EVENT_COUNT_MAX);
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow the schema");
        }
        return new WireSchema(components, events);
    }

    private static void writeRecords(ByteWriter out, List<WireRecord> records) {
        out.varuint(records.size());
        for (WireRecord each : records) {
            out.utf8(each.name());
            out.varuint(each.version());
            out.varuint(each.fields().size());
            for (WireField field : each.fields()) {
                out.utf8(field.name());
                out.u8(field.kind().ordinal());
                out.bool(field.ownerOnly());
                out.f32(field.step());
            }
        }
    }

    private static List<WireRecord> readRecords(ByteReader in, int countMax) {
        int count = countAtMost(in, 3, countMax);
        List<WireRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.utf8(WireSchema.NAME_BYTES_MAX);
            int version = in.varuint();
            int fieldCount = countAtMost(in, 7, WireSchema.FIELD_COUNT_MAX);
            List<WireField> fields = new ArrayList<>(fieldCount);
            for (int f = 0; f < fieldCount; f++) {
                fields.add(readField(in));
            }
            records.add(new WireRecord(name, version, List.copyOf(fields)));
        }
        return List.copyOf(records);
    }

    private static WireField readField(ByteReader in) {
        String name = in.utf8(WireSchema.NAME_BYTES_MAX);
        int kind = in.u8();
        if (kind >= KINDS.size()) {
            throw in.malformed("field kind " + kind + " is unknown");
        }
        boolean ownerOnly = in.bool();
        float step = in.f32();
        if (!(step >= 0) || Float.isInfinite(step)) {
            throw in.malformed("a step must be 0 or a positive number, not " + step);
        }
        return new WireField(name, KINDS.get(kind), ownerOnly, step);
    }

    private static int countAtMost(ByteReader in, int bytesEach, int max) {
        int count = in.count(bytesEach);
        if (count > max) {
            throw in.malformed("a count of " + count + " is more than " + max);
        }
        return count;
    }
}
