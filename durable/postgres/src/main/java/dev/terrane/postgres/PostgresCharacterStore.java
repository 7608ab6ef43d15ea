package dev.terrane.postgres;

import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.CharacterStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One row per character and world; its generation rises in one statement, so two gateways can never get the same. */
final class PostgresCharacterStore implements CharacterStore {
    /** In order of ids: two servers that admit the same characters must not wait for each other. */
    private static final String ADMIT = """
            INSERT INTO terrane.player_character AS known (world, id, name, generation)
            SELECT :world, entrant.id, entrant.name, entrant.held + 1
            FROM unnest(:ids, :names, :held) AS entrant (id, name, held)
            ORDER BY entrant.id
            ON CONFLICT (world, id) DO UPDATE
            SET generation = known.generation + 1, name = excluded.name, admitted_at = now()
            WHERE excluded.generation = 1 OR excluded.generation = known.generation + 1
            RETURNING id, generation
            """;

    private static final String LOG_OUT = """
            UPDATE terrane.player_character
            SET logged_out_generation = greatest(logged_out_generation, :generation)
            WHERE world = :world AND id = :id AND generation >= :generation
            """;
    private static final String LOGGED_OUT = """
            SELECT id, logged_out_generation FROM terrane.player_character
            WHERE world = :world AND logged_out_generation > 0
            ORDER BY id
            """;

    private final Database database;

    PostgresCharacterStore(Database database) {
        this.database = database;
    }

    @Override
    public int[] admit(WorldId world, List<Entrant> entrants) {
        UUID[] ids = entrants.stream().map(each -> each.character().value()).toArray(UUID[]::new);
        String[] names = entrants.stream().map(Entrant::name).toArray(String[]::new);
        Integer[] held = entrants.stream().map(Entrant::heldGeneration).toArray(Integer[]::new);
        Map<UUID, Integer> generations = database.call(
                ids.length == 1 ? "admit character " + ids[0] : "admit " + ids.length + " characters",
                handle -> handle.createQuery(ADMIT)
                        .bind("world", world.name())
                        .bindArray("ids", UUID.class, (Object[]) ids)
                        .bindArray("names", String.class, (Object[]) names)
                        .bindArray("held", Integer.class, (Object[]) held)
                        .reduceRows(HashMap.newHashMap(ids.length), (all, row) -> {
                            all.put(row.getColumn("id", UUID.class), row.getColumn("generation", Integer.class));
                            return all;
                        }));
        return Arrays.stream(ids)
                .mapToInt(id -> generations.getOrDefault(id, 0))
                .toArray();
    }

    @Override
    public void loggedOut(WorldId world, CharacterId character, int generation) {
        int rowCount = database.call(
                "log character " + character + " out",
                handle -> handle.createUpdate(LOG_OUT)
                        .bind("world", world.name())
                        .bind("id", character.value())
                        .bind("generation", generation)
                        .execute());
        if (rowCount == 0) {
            throw new IllegalArgumentException("character " + character + " was never admitted to world " + world
                    + " under generation " + generation);
        }
    }

    @Override
    public Map<CharacterId, Integer> loggedOut(WorldId world) {
        return database.call(
                "read who is logged out",
                handle -> handle.createQuery(LOGGED_OUT)
                        .bind("world", world.name())
                        .reduceRows(new LinkedHashMap<>(), (all, row) -> {
                            all.put(
                                    new CharacterId(row.getColumn("id", UUID.class)),
                                    row.getColumn("logged_out_generation", Integer.class));
                            return all;
                        }));
    }
}
