package dev.terrane.interest;

import dev.terrane.ecs.EntityStore;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.cluster.SliceAudience;
import org.jspecify.annotations.Nullable;

/** Gives one face of entities its places, and takes them away. */
final class Seating {
    private final Places places;
    private final Chunks chunks;

    Seating(Places places, Chunks chunks) {
        this.places = places;
        this.chunks = chunks;
    }

    /** Null for somebody whom nobody may see. */
    @Nullable
    Slice sliceOf(int slot) {
        return places.slice[slot];
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
        long audience = view.visible() ? view.audience(row) : TableView.NOBODY;
        if (known(entity)) {
            leave(slot, reasonToLeave(slot, audience));
        }
        if (audience != TableView.NOBODY) {
            enter(view, row, entity, chunkAt(view, row), audience);
        }
    }

    /** Who saw it before may see it no longer. */
    private LeftReason reasonToLeave(int slot, long audience) {
        boolean remains = audience == SliceAudience.EVERYBODY || audience == audienceOf(slot);
        return remains ? LeftReason.MOVED : LeftReason.HIDDEN;
    }

    private long audienceOf(int slot) {
        Slice slice = places.slice[slot];
        return slice == null ? TableView.NOBODY : slice.audience;
    }

    /** Whether an entity that came into this table looks to clients as it did before: its values may differ, its public fields do not. */
    boolean keepsItsShape(TableView view, int row) {
        long entity = view.table.entity(row);
        if (!view.visible() || !known(entity)) {
            return false;
        }
        int slot = EntityStore.slot(entity);
        TableView before = places.view[slot];
        if (before == null || before.mask != view.mask || view.audience(row) != audienceOf(slot)) {
            return false;
        }
        places.view[slot] = view;
        return true;
    }

    int chunkAt(TableView view, int row) {
        TableView.Seat seat = view.seat();
        return chunks.grid.chunkAt(seat.x().read()[row], seat.y().read()[row]);
    }

    /** Goes into another chunk, or before other eyes; from or to nowhere where these are nobody's. */
    void move(TableView view, int row, long entity, int chunk, long audience) {
        int slot = EntityStore.slot(entity);
        if (places.slice[slot] != null) {
            leave(slot, reasonToLeave(slot, audience));
        }
        if (audience != TableView.NOBODY) {
            enter(view, row, entity, chunk, audience);
        }
    }

    private void enter(TableView view, int row, long entity, int chunk, long audience) {
        int slot = EntityStore.slot(entity);
        Slice slice = chunks.roomIn(chunk, places, audience);
        int place = slice.take(slot);
        places.handle[slot] = entity;
        places.slice[slot] = slice;
        places.place[slot] = (byte) place;
        places.view[slot] = view;
        places.departed[slot] = false;
        places.id[slot] = view.seat().id().read()[row];
        places.ownership[slot] = view.seat().ownership().read()[row];
        if (slice.watched) {
            remember(places, view, row, slot);
            slice.recordEntered(place);
            chunks.touch(slice);
        }
    }

    private void leave(int slot, LeftReason reason) {
        Slice slice = places.slice[slot];
        if (slice == null) {
            throw new IllegalStateException("slot " + slot + " has no place on the board");
        }
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
    static void rememberAll(EntityStore entities, Slice[] parts) {
        for (Slice part : parts) {
            Places places = part.places;
            for (int place = part.nextUsed(0); place >= 0; place = part.nextUsed(place + 1)) {
                int slot = part.occupant[place];
                TableView view = places.view[slot];
                if (view != null) {
                    remember(places, view, entities.rowOf(places.handle[slot]), slot);
                }
            }
        }
    }

    private static void remember(Places places, TableView view, int row, int slot) {
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
