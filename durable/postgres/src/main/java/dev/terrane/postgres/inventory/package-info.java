/**
 * The books of goods in Postgres: the schema {@code inventory}, in which slots agree with movements whenever a transaction commits.
 *
 * <p>{@link dev.terrane.postgres.inventory.PostgresInventory} puts it together: a receiver of commands, queries, an outbox. What a transaction does is told in
 * {@code InventoryService}; what the database itself sees to, in {@code db/migration/inventory}.
 */
@NullMarked
package dev.terrane.postgres.inventory;

import org.jspecify.annotations.NullMarked;
