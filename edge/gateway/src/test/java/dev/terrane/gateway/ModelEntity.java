package dev.terrane.gateway;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.ChangeGroups;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SliceWriter;

/** What there is to know of an entity of {@link TestWorld#SCHEMA}. */
record ModelEntity(long id, int ownership, int place, int count, String name) {
    private static final int COMPONENTS = 1;

    void writeFull(ByteWriter out, int slot) {
        SliceWriter.full(out, slot, id, ownership, COMPONENTS);
        SliceWriter.absolute(out, FieldCode.QUANTISED, place);
        SliceWriter.absolute(out, FieldCode.INT, count);
        SliceWriter.text(out, name);
    }

    void writeChanged(ChangeGroups changes, int slot, ModelEntity before) {
        int mask =
                (place != before.place ? 1 : 0) | (count != before.count ? 2 : 0) | (!name.equals(before.name) ? 4 : 0);
        ByteWriter out = changes.add(slot, mask);
        if ((mask & 1) != 0) {
            SliceWriter.difference(out, FieldCode.QUANTISED, place, before.place);
        }
        if ((mask & 2) != 0) {
            SliceWriter.difference(out, FieldCode.INT, count, before.count);
        }
        if ((mask & 4) != 0) {
            SliceWriter.text(out, name);
        }
    }

    static ModelEntity read(SliceState state, int slot) {
        return new ModelEntity(
                state.entity(slot),
                state.ownership(slot),
                (int) state.bits(slot, 0),
                (int) state.bits(slot, 1),
                state.text(slot, 2));
    }
}
