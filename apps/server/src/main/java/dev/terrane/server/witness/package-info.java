/**
 * What a node remembers for those who look back, and tells coordinators when an administrator asks.
 *
 * <pre>
 *   cells ─ Passage ─► Lives ───────────┐
 *   gateways, cells ─► Traces ◄─ map    ├─► Witness ◄─ Ask ── coordinator
 *   metrics, links ──► QueueReadings ───┘        └──── Told ──►
 * </pre>
 *
 * <p>Ticks and gateways write without waiting; questions are answered by a thread of the witness's own. Everything is bounded: the oldest is forgotten, and the answer says so. Nothing leaves while nobody
 * asks. Start reading at {@link dev.terrane.server.witness.Witness}.
 */
@NullMarked
package dev.terrane.server.witness;

import org.jspecify.annotations.NullMarked;
