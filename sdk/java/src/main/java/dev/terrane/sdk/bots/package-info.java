/**
 * Players that are programs: many real clients in one process, to load a server and to measure what each of them gets.
 *
 * <pre>
 *   BotFleet ── connects, ramps up ──► Bot ── TerraneClient ──► server
 *      │ one thread: an input a tick    └─ Pilot (roam, crowd, fight) decides what they are
 *      └── after the run: BotReport
 * </pre>
 *
 * <p>Frugal, for it shares the machine with the server it loads: one thread sends, the HTTP client's few threads decode. Start reading
 * at {@link dev.terrane.sdk.bots.BotFleet}.
 */
@NullMarked
package dev.terrane.sdk.bots;

import org.jspecify.annotations.NullMarked;
