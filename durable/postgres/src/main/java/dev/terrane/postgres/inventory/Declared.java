package dev.terrane.postgres.inventory;

import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.ItemType;
import dev.terrane.postgres.Database;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Item types and kinds of containers, with the numbers under which rows know them. Fixed while the server runs. */
record Declared(
        Map<String, ItemType> types,
        Map<String, Short> typeIds,
        Map<Short, ItemType> typesById,
        Map<String, ContainerKind> kinds,
        Map<String, Short> kindIds) {

    static Declared read(Database database) {
        Declared found =
                new Declared(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        database.run("read item types and kinds of containers", handle -> {
            handle.createQuery("SELECT id, code, stack_max, is_unique FROM inventory.item_type")
                    .map((row, _) -> {
                        ItemType type = new ItemType(row.getString(2), row.getInt(3), row.getBoolean(4));
                        found.types.put(type.code(), type);
                        found.typeIds.put(type.code(), row.getShort(1));
                        found.typesById.put(row.getShort(1), type);
                        return true;
                    })
                    .list();
            handle.createQuery("SELECT id, code, slot_count FROM inventory.container_kind")
                    .map((row, _) -> {
                        ContainerKind kind = new ContainerKind(row.getString(2), row.getInt(3));
                        found.kinds.put(kind.code(), kind);
                        found.kindIds.put(kind.code(), row.getShort(1));
                        return true;
                    })
                    .list();
        });
        return found;
    }

    ItemType type(short id) {
        return there(typesById.get(id), "item type " + id);
    }

    short id(ItemType type) {
        return there(typeIds.get(type.code()), type.code());
    }

    ContainerKind kind(String code) {
        return there(kinds.get(code), code);
    }

    short id(ContainerKind kind) {
        return there(kindIds.get(kind.code()), kind.code());
    }

    private static <T> T there(@Nullable T found, String what) {
        if (found == null) {
            throw new IllegalStateException(what + " was declared after this server started; restart it");
        }
        return found;
    }
}
