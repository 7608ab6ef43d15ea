package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Table;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.SliceWriter;

/**
 * Writes what changed in entities that stay in their chunk, and moves those that do not. The hot loop of every snapshot: it walks words of 64 change
 * marks, looks only at fields that are marked somewhere in the word, and writes straight into the slices.
 */
final class ChangePass {
    private final Places places;
    private final Chunks chunks;
    private final Seating seating;

    /** Fields that are marked somewhere in the present word, and their marks. */
    private final int[] activeField = new int[SliceWriter.ENTITY_FIELD_COUNT_MAX];

    private final long[] activeMarks = new long[SliceWriter.ENTITY_FIELD_COUNT_MAX];
    private int activeCount;
    /** Values of the present row by entity field index. */
    private final long[] now = new long[SliceWriter.ENTITY_FIELD_COUNT_MAX];

    ChangePass(Places places, Chunks chunks, Seating seating) {
        this.places = places;
        this.chunks = chunks;
        this.seating = seating;
    }

    void run(TableView view) {
        Table table = view.table;
        RowMarks arrived = table.arrived();
        TableView.Seat seat = view.seat();
        int wordCount = (table.size() + 63) >>> 6;
        for (int word = 0; word < wordCount; word++) {
            // Arrived rows were seated with all their values.
            long moved = seat.changedX().word(word) | seat.changedY().word(word) | view.audienceMarks(word);
            long rest = (gather(view, word) | moved) & ~arrived.word(word);
            while (rest != 0) {
                int bit = Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
                row(view, (word << 6) + bit, bit, (moved >>> bit & 1) != 0);
            }
        }
    }

    /** For a row that came from another table and brought no marks along: looks at every field. */
    void runAllFields(TableView view, int row) {
        activeCount = view.fields.length;
        for (int f = 0; f < activeCount; f++) {
            activeField[f] = f;
            activeMarks[f] = 1;
        }
        row(view, row, 0, true);
    }

    private long gather(TableView view, int word) {
        FieldReader[] fields = view.fields;
        long any = 0;
        int count = 0;
        for (int f = 0; f < fields.length; f++) {
            long marks = fields[f].changed.word(word);
            if (marks != 0) {
                activeField[count] = f;
                activeMarks[count++] = marks;
                any |= marks;
            }
        }
        activeCount = count;
        return any;
    }

    private void row(TableView view, int row, int bit, boolean moved) {
        long entity = view.table.entity(row);
        int slot = EntityStore.slot(entity);
        Slice slice = seating.sliceOf(slot);
        if (moved) {
            int chunk = seating.chunkAt(view, row);
            long audience = view.audience(row);
            if (slice == null ? audience != TableView.NOBODY : chunk != slice.chunk || audience != slice.audience) {
                seating.move(view, row, entity, chunk, audience);
                return;
            }
        }
        if (slice != null && slice.watched) {
            long mask = compare(view, row, bit, slot * places.stride);
            if (mask != 0) {
                write(view, row, slot, slice, mask);
            }
        }
    }

    /** Marks may be set although the value on the wire's grid is the same. */
    private long compare(TableView view, int row, int bit, int at) {
        FieldReader[] fields = view.fields;
        long mask = 0;
        for (int i = 0; i < activeCount; i++) {
            if ((activeMarks[i] >>> bit & 1) == 0) {
                continue;
            }
            int f = activeField[i];
            FieldReader field = fields[f];
            if (field.code == FieldCode.TEXT) {
                mask |= field.text(row).equals(places.texts[at + f]) ? 0 : 1L << f;
            } else {
                long bits = field.bits(row);
                now[f] = bits;
                mask |= bits == places.bits[at + f] ? 0 : 1L << f;
            }
        }
        return mask;
    }

    private void write(TableView view, int row, int slot, Slice slice, long mask) {
        chunks.touch(slice);
        ByteWriter out = slice.changes().add(places.place[slot], mask);
        int at = slot * places.stride;
        FieldReader[] fields = view.fields;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int f = Long.numberOfTrailingZeros(rest);
            FieldReader field = fields[f];
            if (field.code == FieldCode.TEXT) {
                String text = field.text(row);
                SliceWriter.text(out, text);
                places.texts[at + f] = text;
            } else {
                SliceWriter.difference(out, field.code, now[f], places.bits[at + f]);
                places.bits[at + f] = now[f];
            }
        }
    }
}
