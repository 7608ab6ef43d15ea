package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.GrantStore;

/** Grants in one statement each: the row's lock orders them, and makes them wait for saves that are under way. */
final class PostgresGrantStore implements GrantStore {
    private static final String GRANT = """
            INSERT INTO terrane.cell_grant AS held (world, region_a, region_b, layer, epoch, incarnation, owner)
            VALUES (:world, :a, :b, :layer, 1, nextval('terrane.incarnation'), :owner)
            ON CONFLICT (world, region_a, region_b, layer) DO UPDATE
            SET epoch = held.epoch + 1, incarnation = excluded.incarnation, owner = excluded.owner, granted_at = now()
            RETURNING epoch, incarnation
            """;

    private final Database database;

    PostgresGrantStore(Database database) {
        this.database = database;
    }

    @Override
    public CellGrant grant(CellId cell, NodeId owner) {
        return database.call(
                "grant cell " + cell,
                handle -> handle.createQuery(GRANT)
                        .bindMap(CellColumns.of(cell))
                        .bind("owner", owner.name())
                        .map((row, context) ->
                                new CellGrant(cell, owner, row.getLong("epoch"), row.getInt("incarnation")))
                        .one());
    }
}
