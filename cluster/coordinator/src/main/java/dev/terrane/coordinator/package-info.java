/**
 * The steward: a deterministic state machine that says which node owns which cell, under which epoch. In one process it runs in place.
 *
 * <pre>
 *   Command ──apply──► CoordinatorState ──► Outcome        (same commands, same state)
 * </pre>
 *
 * <p>No clock, no I/O, no threads: time enters only inside commands.
 */
@NullMarked
package dev.terrane.coordinator;

import org.jspecify.annotations.NullMarked;
