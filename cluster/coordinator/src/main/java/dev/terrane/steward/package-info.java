/**
 * What a leading coordinator decides: who is dead, who takes over, and that everything that should be simulated is.
 *
 * <pre>
 *   heartbeats, broken links ──► NodeWatch ──► lost nodes ┐
 *   CoordinatorState ────────────────────────────────────►├─► Steward ──► entries for the log ──► CoordinatorState
 *   Seating (where a cell may go) ───────────────────────►┘
 * </pre>
 *
 * <p>Only the leader runs one. It keeps nothing that has to outlive it: the next leader hears the same heartbeats and reads the same state. No clock, no threads, no I/O: time enters as nanoseconds of
 * a clock that only goes forward. Start reading at {@link Steward}.
 */
@NullMarked
package dev.terrane.steward;

import org.jspecify.annotations.NullMarked;
