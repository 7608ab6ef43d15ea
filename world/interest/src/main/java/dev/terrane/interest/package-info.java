/**
 * What changed, where, and who is told: slices of chunks, encoded once per snapshot tick whoever watches.
 *
 * <pre>
 *   EntityStore marks ──collect──► SliceBoard ──► one delta body per watched slice ──frame──► CellFrame per gateway
 *   Position columns  ──rebuild──► NeighbourGrid ──near──► handles
 * </pre>
 *
 * <p>Called from the cell's tick only. Cost grows with what changed in watched chunks; nothing is allocated per entity. Start reading at
 * {@link SliceBoard}; bytes are described in docs/PROTOCOL.md.
 */
@NullMarked
package dev.terrane.interest;

import org.jspecify.annotations.NullMarked;
