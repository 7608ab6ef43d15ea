/**
 * The economy's books in Postgres: the schema {@code economy}, in which balances follow postings and nothing else.
 *
 * <p>{@link dev.terrane.postgres.economy.PostgresEconomy} puts it together: a receiver of commands, queries, an outbox. What a transaction does is told in
 * {@code EconomyService}; what the database itself sees to, in {@code db/migration/economy}.
 */
@NullMarked
package dev.terrane.postgres.economy;

import org.jspecify.annotations.NullMarked;
