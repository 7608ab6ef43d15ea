package dev.terrane.testkit;

import dev.terrane.base.EntityId;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies entities out of a cell. */
final class Views {
    private static final Comparator<EntityView> BY_ID = Comparator.comparing(view -> new EntityId(view.id()));

    private Views() {}

    static void collect(CellContext cell, List<Class<? extends Record>> all, List<EntityView> into) {
        List<EntityView> here = new ArrayList<>();
        EntityStore store = cell.entities();
        for (int t = 0; t < store.tableCount(); t++) {
            Table table = store.table(t);
            if (all.stream().allMatch(type -> table.has(store.schema().type(type)))) {
                for (int row = 0; row < table.size(); row++) {
                    here.add(view(cell, table.entity(row)));
                }
            }
        }
        here.sort(BY_ID);
        into.addAll(here);
    }

    static @Nullable EntityView find(CellContext cell, long id) {
        long handle = cell.find(id);
        return handle == 0 ? null : view(cell, handle);
    }

    private static EntityView view(CellContext cell, long handle) {
        EntityStore store = cell.entities();
        List<Record> components = new ArrayList<>();
        double worldX = 0;
        double worldY = 0;
        int ownership = 0;
        for (ComponentType<?> type : store.schema().components()) {
            if (!store.has(handle, type)) {
                continue;
            }
            Record component = store.get(handle, type);
            components.add(component);
            if (component instanceof Position at) {
                worldX = cell.worldX(at.x());
                worldY = cell.worldY(at.y());
            } else if (component instanceof Identity identity) {
                ownership = identity.ownership();
            }
        }
        return new EntityView(cell.cell(), cell.idOf(handle), ownership, worldX, worldY, List.copyOf(components));
    }
}
