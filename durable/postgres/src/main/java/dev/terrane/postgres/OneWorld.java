package dev.terrane.postgres;

import dev.terrane.base.WorldId;
import java.util.List;

/**
 * Refuses a second world in one database. Rows of lanes and keys of outcomes are named by regions and characters: those of two worlds would meet, and a command of one be carried
 * out in the other, or be taken for a repetition.
 */
public final class OneWorld {
    private static final String OTHERS =
            "SELECT DISTINCT world FROM terrane.cell_grant WHERE world <> :world ORDER BY world LIMIT 3";

    private OneWorld() {}

    /** @throws IllegalStateException when another world lives there; says what to do */
    public static void require(Database database, WorldId world) {
        List<String> others = database.call(
                "look for other worlds",
                handle -> handle.createQuery(OTHERS)
                        .bind("world", world.name())
                        .mapTo(String.class)
                        .list());
        if (!others.isEmpty()) {
            throw new IllegalStateException(
                    "world.name is %s, but this database holds %s; commands of two worlds in one database would meet. Set world.name = %s again, or give %s a database of its own (another --data folder, or another --database-url)"
                            .formatted(world, String.join(", ", others), others.getFirst(), world));
        }
    }
}
