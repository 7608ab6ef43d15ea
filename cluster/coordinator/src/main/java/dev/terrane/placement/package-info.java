/**
 * What a loaded world does, decided by pure machines from what was measured.
 *
 * <pre>
 *   CellLoad of every cell ─► CrowdPlan     ─► split, balance, merge, newcomers
 *   Placed of every cell   ─► PlacementPlan ─► moves of cells between workers
 *   busy and late workers  ─► LoadLadder    ─► Posture: what is left out, how slow time runs
 * </pre>
 *
 * <p>No clock, no threads, no I/O: time enters as ticks or steps, the same readings give the same decisions. One owner per machine. Who carries out what they
 * say is elsewhere. Start reading at {@link CrowdPlan}.
 */
@NullMarked
package dev.terrane.placement;

import org.jspecify.annotations.NullMarked;
