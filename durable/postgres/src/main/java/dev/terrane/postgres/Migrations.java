package dev.terrane.postgres;

import dev.terrane.checkpoint.StoreUnavailableException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywaySqlException;

/** Brings the schema {@code terrane} up to date. Several servers may do so at once: they queue in the database. */
final class Migrations {
    private Migrations() {}

    static void apply(DatabaseAddress address) {
        try (SchemaTurn _ = SchemaTurn.take(address, "terrane")) {
            // Connections of its own: a long migration must not run into the pool's statement timeout.
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .locations("classpath:db/migration/terrane")
                    .schemas("terrane")
                    .defaultSchema("terrane")
                    .createSchemas(true)
                    .load()
                    .migrate();
        } catch (FlywaySqlException e) {
            throw new StoreUnavailableException(
                    "the database " + address + " could not be reached or prepared: " + firstLine(e), e);
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "the schema 'terrane' in " + address + " does not fit this version: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
