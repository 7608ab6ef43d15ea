package dev.terrane.interest;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.RowMarks;

/**
 * One face of every entity: what it shows to everybody (its <i>body</i>), to its squad, or to its team. Each has places of its own, in slices for those who may see it; the body of a hidden
 * entity is in a slice for those from whom it does not hide.
 *
 * <pre>
 *   tables ── TableViews: which fields, to whom ──► Seating, ChangePass ──► Slice (chunk, part, audience)
 * </pre>
 */
final class Face {
    private final EntityStore entities;
    private final TableViews views;
    private final Places places;
    private final Seating seating;
    private final ChangePass changePass;

    /** @param audience ALL for the body */
    Face(EntityStore entities, Audience audience, Places places, Chunks chunks) {
        this.entities = entities;
        this.views = new TableViews(entities, audience);
        this.places = places;
        this.seating = new Seating(places, chunks);
        this.changePass = new ChangePass(places, chunks, seating);
    }

    TableViews views() {
        return views;
    }

    Places places() {
        return places;
    }

    void departed(long entity) {
        if (seating.known(entity)) {
            places.departed[EntityStore.slot(entity)] = true;
        }
    }

    void collect() {
        views.refresh();
        places.reserve(entities.slotLimit(), views.fieldCountMax());
        long[] removed = entities.removed();
        for (int i = 0; i < entities.removedCount(); i++) {
            seating.removed(removed[i]);
        }
        for (int i = 0; i < views.count(); i++) {
            TableView view = views.get(i);
            RowMarks arrived = view.table.arrived();
            for (int row = arrived.next(0); row >= 0; row = arrived.next(row + 1)) {
                if (seating.keepsItsShape(view, row)) {
                    changePass.runAllFields(view, row);
                } else {
                    seating.arrived(view, row);
                }
            }
        }
        for (int i = 0; i < views.count(); i++) {
            if (views.get(i).visible()) {
                changePass.run(views.get(i));
            }
        }
    }
}
