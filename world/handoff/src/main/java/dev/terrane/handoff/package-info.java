/**
 * How an entity changes its cell without being lost or doubled, whatever crashes in between.
 *
 * <pre>
 *   source: live ──depart──► kept copy ──────────ack, stable at target──────────► forgotten
 *   target:          offer ──► live + arrival record ──departure stable at source──► live
 *   stable = in the stored checkpoint; ownership rises by one with each hand-off, the highest is true
 * </pre>
 *
 * <p>Pure state machines, one per cell, called from its tick only. Time is the tick number. Lost messages are sent again; a copy is never
 * dropped or taken back by timeout. Start reading at {@link HandoffMachine}, then {@link RestorePlan}.
 */
@NullMarked
package dev.terrane.handoff;

import org.jspecify.annotations.NullMarked;
