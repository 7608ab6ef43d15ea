package dev.terrane.postgres;

import dev.terrane.checkpoint.SchemaStore;
import java.util.SortedMap;
import java.util.TreeMap;

/** One row per component schema that ever wrote a checkpoint or a journal here. */
final class PostgresSchemaStore implements SchemaStore {
    private final Database database;

    PostgresSchemaStore(Database database) {
        this.database = database;
    }

    @Override
    public void keep(long fingerprint, byte[] description) {
        database.run(
                "keep the component schema",
                handle -> handle.createUpdate("""
                INSERT INTO terrane.component_schema (fingerprint, description) VALUES (:fingerprint, :description)
                ON CONFLICT (fingerprint) DO NOTHING
                """)
                        .bind("fingerprint", fingerprint)
                        .bind("description", description)
                        .execute());
    }

    @Override
    public SortedMap<Long, byte[]> all() {
        return database.call(
                "read the component schemas",
                handle -> handle.createQuery("SELECT fingerprint, description FROM terrane.component_schema")
                        .reduceRows(new TreeMap<>(), (all, row) -> {
                            all.put(
                                    row.getColumn("fingerprint", Long.class),
                                    row.getColumn("description", byte[].class));
                            return all;
                        }));
    }
}
