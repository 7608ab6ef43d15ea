/**
 * Entities, components and systems: a cell's state as columns of primitives.
 *
 * <pre>
 *   Schema ── ComponentType ── Field          (declared once, as Java records)
 *   EntityStore ── Table (one per set of components) ── column per field ── row per entity
 *                    └── change marks per field, read and cleared once per snapshot tick
 * </pre>
 *
 * <p>One writer: whoever ticks the cell. Iteration order depends only on the history of the store, never on hashes or addresses.
 * Nothing is reflected upon after the schema is built. Start reading at {@link EntityStore}.
 */
@NullMarked
package dev.terrane.ecs;

import org.jspecify.annotations.NullMarked;
