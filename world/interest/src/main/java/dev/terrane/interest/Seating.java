package dev.terrane.interest;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.LeftReason;

/** Gives entities their places, and takes them away. */
final class Seating {
    private final EntityStore entities;
    private final TableViews views;
    private final Places places;
    private final Chunks chunks;

    Seating(EntityStore entities, TableViews views, Places places, Chunks chunks) {
        this.entities = entities;
        this.views = views;
        this.places = places;
        this.chunks = chunks;
    }

    Slice sliceOf(int slot) {
        Slice slice = places.slice[slot];
        if (slice == null) {
            throw new IllegalStateException("slot " + slot + " has no place on the board");
        }
        return slice;
    }

    boolean known(long entity) {
        int slot = EntityStore.slot(entity);
        return slot < places.handle.length && places.handle[slot] == entity;
    }

    void removed(long entity) {
        if (known(entity)) {
            int slot = EntityStore.slot(entity);
            leave(slot, places.departed[slot] ? LeftReason.HANDED : LeftReason.DESPAWNED);
        }
    }

    /** An entity came into this table: it is new, or has other components than before. */
    void arrived(TableView view, int row) {
        long entity = view.table.entity(row);
        int slot = EntityStore.slot(entity);
        if (known(entity)) {
            leave(slot, view.visible() ? LeftReason.MOVED : LeftReason.HIDDEN);
        }
        if (view.visible()) {
            enter(view, row, entity, chunkAt(view, row));
        }
    }

    /** Whether an entity that came into this table looks to clients as it did before: its values may differ, its public fields do not. */
    boolean keepsItsShape(TableView view, int row) {
        long entity = view.table.entity(row);
        if (!view.visible() || !known(entity)) {
            return false;
        }
        int slot = EntityStore.slot(entity);
        TableView before = places.view[slot];
        if (before == null || before.publicMask != view.publicMask) {
            return false;
        }
        places.view[slot] = view;
        return true;
    }

    int chunkAt(TableView view, int row) {
        TableView.Seat seat = view.seat();
        return chunks.grid.chunkAt(seat.x().read()[row], seat.y().read()[row]);
    }

    void move(TableView view, int row, long entity, int chunk) {
        leave(EntityStore.slot(entity), LeftReason.MOVED);
        enter(view, row, entity, chunk);
    }

    private void enter(TableView view, int row, long entity, int chunk) {
        int slot = EntityStore.slot(entity);
        Slice slice = chunks.roomIn(chunk);
        int place = slice.take(slot);
        places.handle[slot] = entity;
        places.slice[slot] = slice;
        places.place[slot] = (byte) place;
        places.view[slot] = view;
        places.departed[slot] = false;
        places.id[slot] = view.seat().id().read()[row];
        places.ownership[slot] = view.seat().ownership().read()[row];
        if (slice.watched) {
            remember(view, row, slot);
            slice.recordEntered(place);
            chunks.touch(slice);
        }
    }

    private void leave(int slot, LeftReason reason) {
        Slice slice = sliceOf(slot);
        int place = places.place[slot];
        slice.free(place);
        if (slice.watched) {
            slice.recordLeft(place, reason);
            chunks.touch(slice);
        }
        places.handle[slot] = 0;
        places.slice[slot] = null;
    }

    /** Gives every entity of a chunk that nobody watched the values that its full slice will say. */
    void rememberAll(int chunk) {
        for (Slice part : chunks.parts(chunk)) {
            for (int place = part.nextUsed(0); place >= 0; place = part.nextUsed(place + 1)) {
                int slot = part.occupant[place];
                long entity = places.handle[slot];
                Table table = entities.tableOf(entity);
                remember(views.of(table), entities.rowOf(entity), slot);
            }
        }
    }

    private void remember(TableView view, int row, int slot) {
        int at = slot * places.stride;
        FieldReader[] fields = view.fields;
        for (int f = 0; f < fields.length; f++) {
            if (fields[f].code == FieldCode.TEXT) {
                places.texts[at + f] = fields[f].text(row);
            } else {
                places.bits[at + f] = fields[f].bits(row);
            }
        }
    }
}
