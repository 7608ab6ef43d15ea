package dev.terrane.ecs;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The bytes of a store: {@code u8 format · i64 schema fingerprint · slots · table count · tables}, each table
 * {@code mask · row count · slot per row · column by column}. Tables stand in order of creation and rows as they lie, so that a
 * store that was read iterates like the one that was written.
 */
final class StoreFormat {
    private static final int FORMAT = 1;
    /** A mask and a row count, a byte each at least. */
    private static final int TABLE_BYTES_MIN = 2;

    private StoreFormat() {}

    static void hash(Slots slots, List<Table> tables, StateHash hash) {
        slots.hash(hash);
        hash.add(tables.size());
        for (Table table : tables) {
            hash.add(table.componentMask());
            hash.add(table.size());
            for (int row = 0; row < table.size(); row++) {
                hash.add(table.entity(row));
            }
            for (Column column : table.ownColumns()) {
                for (int row = 0; row < table.size(); row++) {
                    column.hash(row, hash);
                }
            }
        }
    }

    static void hashPart(Table table, int part, int parts, StateHash hash) {
        int from = (int) ((long) table.size() * part / parts);
        int until = (int) ((long) table.size() * (part + 1) / parts);
        hash.add(table.size());
        for (int row = from; row < until; row++) {
            hash.add(table.entity(row));
        }
        for (Column column : table.ownColumns()) {
            for (int row = from; row < until; row++) {
                column.hash(row, hash);
            }
        }
    }

    static void write(Schema schema, Slots slots, List<Table> tables, ByteWriter out) {
        out.u8(FORMAT);
        out.i64(schema.fingerprint());
        slots.write(out);
        out.varuint(tables.size());
        for (Table table : tables) {
            out.varulong(table.componentMask());
            out.varuint(table.size());
            for (int row = 0; row < table.size(); row++) {
                out.varuint(EntityStore.slot(table.entity(row)));
            }
            for (Column column : table.ownColumns()) {
                for (int row = 0; row < table.size(); row++) {
                    column.write(row, out);
                }
            }
        }
    }

    /** Returns how many entities were read. */
    static int read(Schema schema, Slots slots, LongFunction<Table> addTable, ByteReader in) {
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("entities of format " + format + ", this version reads format " + FORMAT);
        }
        if (in.i64() != schema.fingerprint()) {
            throw in.malformed("entities written under another schema");
        }
        slots.read(in);
        int tableCount = in.count(TABLE_BYTES_MIN);
        long[] masks = new long[tableCount];
        int size = 0;
        for (int i = 0; i < tableCount; i++) {
            masks[i] = mask(schema, in);
            for (int other = 0; other < i; other++) {
                if (masks[other] == masks[i]) {
                    throw in.malformed("two tables for the components " + schema.describe(masks[i]));
                }
            }
            size += readTable(slots, addTable.apply(masks[i]), in);
        }
        slots.requireAllClaimed(in);
        return size;
    }

    private static int readTable(Slots slots, Table table, ByteReader in) {
        int rows = in.count(1 + table.ownColumns().length);
        table.reserve(rows);
        for (int row = 0; row < rows; row++) {
            table.add(slots.claim(in.varuint(), table.index(), row, in));
        }
        for (Column column : table.ownColumns()) {
            for (int row = 0; row < rows; row++) {
                column.read(row, in);
            }
        }
        return rows;
    }

    static void writeRow(Table table, int row, ByteWriter out) {
        out.varulong(table.componentMask());
        for (Column column : table.ownColumns()) {
            column.write(row, out);
        }
    }

    /** A table with one row: values wait in it without running a record's constructor on bytes from elsewhere. */
    static Table readRow(Schema schema, ByteReader in) {
        Table table = new Table(schema, mask(schema, in), -1);
        table.reserve(1);
        int row = table.add(0);
        for (Column column : table.ownColumns()) {
            column.read(row, in);
        }
        return table;
    }

    private static long mask(Schema schema, ByteReader in) {
        long mask = in.varulong();
        int count = schema.components().size();
        if (count < Long.SIZE && mask >>> count != 0) {
            throw in.malformed("a component that the schema of " + count + " does not have");
        }
        return mask;
    }
}
