/**
 * The door to Postgres: the stores of the rooms below, and a real server of our own for those who bring none.
 *
 * <pre>
 *   LocalPostgres.start(data) ──address──► PostgresStore.open ──► checkpoints() · characters() · grants()
 *   (or an existing database) ──address──►
 * </pre>
 *
 * <p>Calls block and may come from any thread, never from a tick. A database that is away answers with StoreUnavailableException
 * within a few seconds and is used again as soon as it is back. No message and no toString carries a password. The one room that
 * knows JDBC, JDBI, HikariCP and Flyway. Start reading at {@link dev.terrane.postgres.PostgresStore}.
 */
@NullMarked
package dev.terrane.postgres;

import org.jspecify.annotations.NullMarked;
