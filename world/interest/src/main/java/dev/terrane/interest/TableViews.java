package dev.terrane.interest;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import java.util.ArrayList;
import java.util.List;

/** One face of all tables of a store, by the table's index; follows new tables. */
final class TableViews {
    private final EntityStore entities;
    private final Audience audience;
    private final List<TableView> views = new ArrayList<>();
    private int fieldCountMax;

    TableViews(EntityStore entities, Audience audience) {
        this.entities = entities;
        this.audience = audience;
    }

    void refresh() {
        for (int i = 0; i < entities.tableCount(); i++) {
            if (i == views.size()) {
                add(entities.table(i));
            } else if (views.get(i).table != entities.table(i)) {
                throw new IllegalStateException(
                        "the store was read anew under its slice board; make a new board for it");
            }
        }
    }

    private void add(Table table) {
        TableView view = new TableView(entities.schema(), table, audience);
        views.add(view);
        fieldCountMax = Math.max(fieldCountMax, view.fields.length);
    }

    int count() {
        return views.size();
    }

    TableView get(int index) {
        return views.get(index);
    }

    /** Few sets of components exist in a world, so looking through all is cheaper than a map. */
    TableView of(Table table) {
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).table == table) {
                return views.get(i);
            }
        }
        throw new IllegalStateException("a table was made since the last collect; collect before asking for frames");
    }

    /** Most fields that any entity shows so. */
    int fieldCountMax() {
        return fieldCountMax;
    }
}
