package dev.terrane.ecs;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a schema says of stored values, as bytes: {@code u8 format · count · components}, each {@code name · version · count · fields}, each
 * {@code name · u8 kind}. Audiences and steps are not in it, because stored values do not depend on them.
 */
final class SchemaDescription {
    private static final int FORMAT = 1;
    private static final int NAME_BYTES_MAX = 512;

    /** In place of a record that is not there any more: nobody reads or writes it but {@link SchemaMigration}. */
    private record Former() {}

    private SchemaDescription() {}

    static byte[] write(Schema schema) {
        ByteWriter out = new ByteWriter(1024);
        out.u8(FORMAT);
        out.varuint(schema.components().size());
        for (ComponentType<?> type : schema.components()) {
            out.utf8(type.name());
            out.varuint(type.version());
            out.varuint(type.fields().size());
            for (Field field : type.fields()) {
                out.utf8(field.name());
                out.u8(field.kind().ordinal());
            }
        }
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no such description */
    static List<ComponentType<?>> read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("a schema described in format " + format + ", this version reads format " + FORMAT);
        }
        List<ComponentType<?>> types = new ArrayList<>();
        int count = in.count(3);
        if (count > ComponentReader.COMPONENTS_MAX) {
            throw in.malformed(count + " components are more than " + ComponentReader.COMPONENTS_MAX);
        }
        int ordinal = 0;
        for (int id = 0; id < count; id++) {
            String name = in.utf8(NAME_BYTES_MAX);
            int version = in.varuint();
            List<Field> fields = new ArrayList<>();
            int fieldCount = in.count(2);
            for (int index = 0; index < fieldCount; index++) {
                fields.add(new Field(id, index, ordinal++, in.utf8(NAME_BYTES_MAX), kind(in), null, 0));
            }
            types.add(new ComponentType<>(id, name, version, Former.class, List.copyOf(fields)));
        }
        return types;
    }

    private static FieldKind kind(ByteReader in) {
        int ordinal = in.u8();
        FieldKind[] kinds = FieldKind.values();
        if (ordinal >= kinds.length) {
            throw in.malformed("a field of kind " + ordinal);
        }
        return kinds[ordinal];
    }
}
