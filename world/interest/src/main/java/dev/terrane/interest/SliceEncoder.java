package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.SliceWriter;

/** Bodies of slices: {@code changes} and {@code entities} of docs/PROTOCOL.md. */
final class SliceEncoder {
    void delta(Slice slice, ByteWriter out) {
        int enteredCount = slice.enteredCount();
        SliceWriter.parts(
                out,
                (slice.left.size() > 0 ? SliceWriter.PART_LEFT : 0)
                        | (enteredCount > 0 ? SliceWriter.PART_ENTERED : 0)
                        | (slice.changedCount() > 0 ? SliceWriter.PART_CHANGED : 0)
                        | (slice.events.size() > 0 ? SliceWriter.PART_EVENTS : 0));
        if (slice.left.size() > 0) {
            SliceWriter.count(out, slice.leftCount());
            out.raw(slice.left.array(), 0, slice.left.size());
        }
        if (enteredCount > 0) {
            SliceWriter.count(out, enteredCount);
            for (int place = slice.nextEntered(0); place >= 0; place = slice.nextEntered(place + 1)) {
                entity(slice, place, out);
            }
        }
        if (slice.changedCount() > 0) {
            slice.changes().write(out, slice.count - enteredCount);
        }
        if (slice.events.size() > 0) {
            SliceWriter.events(out, slice.events.array(), slice.events.size());
        }
    }

    void full(Slice slice, ByteWriter out) {
        SliceWriter.count(out, slice.count);
        for (int place = slice.nextUsed(0); place >= 0; place = slice.nextUsed(place + 1)) {
            entity(slice, place, out);
        }
    }

    private void entity(Slice slice, int place, ByteWriter out) {
        int slot = slice.occupant[place];
        Places places = slice.places;
        TableView view = places.view[slot];
        if (view == null) {
            throw new IllegalStateException("slot " + slot + " was never seated");
        }
        SliceWriter.full(out, place, places.id[slot], places.ownership[slot], view.mask);
        int at = slot * places.stride;
        FieldReader[] fields = view.fields;
        for (int f = 0; f < fields.length; f++) {
            if (fields[f].code == FieldCode.TEXT) {
                String text = places.texts[at + f];
                SliceWriter.text(out, text == null ? "" : text);
            } else {
                SliceWriter.absolute(out, fields[f].code, places.bits[at + f]);
            }
        }
    }
}
