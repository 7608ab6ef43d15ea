package dev.terrane.postgres.service;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.DatabaseRefusedException;
import dev.terrane.postgres.SchemaTurn;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywaySqlException;

/**
 * A service's own schema, and the role that may use it and nothing else. The role cannot log in: connections of the service's pool assume it.
 *
 * @param name of the schema, and of the folder {@code db/migration/<name>} with its scripts
 */
public record ServiceSchema(String name) {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    /** Beside its transactions: the outbox, a job, two who ask by REST. */
    private static final int OTHER_CONNECTION_COUNT = 4;

    public ServiceSchema {
        if (!name.matches("[a-z][a-z0-9]*")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a schema here");
        }
    }

    /** The role. */
    public String role() {
        return "terrane_" + name;
    }

    /**
     * Creates what is missing, brings the schema up to date, and opens a pool whose connections have the role.
     *
     * @param address of a user who may create schemas and roles; or of one for whom somebody else has created the role
     * @param workerCount transactions at a time
     * @throws StoreUnavailableException if the database cannot be reached
     * @throws IllegalStateException if the user may not do it: the message has the SQL to run; or if the schema is of another version
     */
    public Database open(DatabaseAddress address, int workerCount) {
        createRole(address);
        migrate(address);
        return new Database(
                address, new Database.Options("terrane-" + name, workerCount + OTHER_CONNECTION_COUNT, role()));
    }

    private void createRole(DatabaseAddress address) {
        try (Database admin = new Database(address, new Database.Options("terrane-" + name + "-setup", 1, ""))) {
            boolean there = admin.call(
                    "look for the role " + role(),
                    handle -> handle.createQuery("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role AND"
                                    + " pg_has_role(current_user, oid, 'MEMBER'))")
                            .bind("role", role())
                            .mapTo(Boolean.class)
                            .one());
            if (!there) {
                // Another server may be doing the same at this moment.
                admin.run("create the role " + role(), handle -> handle.execute(roleSql()));
            }
        } catch (DatabaseRefusedException e) {
            if (e.sqlState().equals(INSUFFICIENT_PRIVILEGE)) {
                throw new IllegalStateException(
                        "the database user " + address.user() + " may not create the role of the service '" + name
                                + "'; let an administrator run: CREATE ROLE " + role() + " NOLOGIN; GRANT " + role()
                                + " TO \"" + address.user() + "\";",
                        e);
            }
            throw e;
        }
    }

    private String roleSql() {
        return """
            DO $$ BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('%1$s'));
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
                    CREATE ROLE %1$s NOLOGIN;
                END IF;
                EXECUTE format('GRANT %1$s TO %%I', current_user);
            END $$\
            """.formatted(role());
    }

    private void migrate(DatabaseAddress address) {
        try (SchemaTurn _ = SchemaTurn.take(address, name)) {
            Flyway.configure(ServiceSchema.class.getClassLoader())
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .locations("classpath:db/migration/service", "classpath:db/migration/" + name)
                    .placeholders(Map.of("schema", name, "role", role()))
                    .schemas(name)
                    .defaultSchema(name)
                    .createSchemas(true)
                    // What a newer version repeats at each change is no reason not to go back to this one.
                    .ignoreMigrationPatterns("*:future", "repeatable:missing")
                    .load()
                    .migrate();
        } catch (FlywaySqlException e) {
            throw new StoreUnavailableException(
                    "the schema '" + name + "' in " + address + " could not be reached or prepared: " + firstLine(e),
                    e);
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "the schema '" + name + "' in " + address + " does not fit this version: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
