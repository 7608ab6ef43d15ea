/**
 * The words every room uses: identities, deterministic randomness, state hashes and the ports for time, threads and metrics.
 *
 * <pre>
 *   world ── region (a, b) ── layer        node, session, character
 *     └────────── cell ───────── entity = (incarnation, counter)
 * </pre>
 *
 * <p>Values are immutable and may cross threads; {@link Rng} and {@link StateHash} belong to whoever created them. Nothing here
 * reads a clock or does I/O. Start reading at {@link CellId} and {@link EntityId}.
 */
@NullMarked
package dev.terrane.base;

import org.jspecify.annotations.NullMarked;
