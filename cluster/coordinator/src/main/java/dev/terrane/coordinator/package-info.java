/**
 * The steward: a deterministic state machine that says which node owns which cell, under which epoch. In one process it runs in place.
 *
 * <pre>
 *   Command ──apply──► CoordinatorState ──► Outcome        (same commands, same state)
 *                             ▲
 *   InPlaceCoordinator ───────┘  and GrantStore, where grants outlive the process
 * </pre>
 *
 * <p>No clock, no threads, no I/O but through the port: time enters only inside commands. Start reading at {@link CoordinatorState}.
 */
@NullMarked
package dev.terrane.coordinator;

import org.jspecify.annotations.NullMarked;
