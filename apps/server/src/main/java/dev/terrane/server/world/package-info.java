/**
 * A hosted world: its cells in their seats, the threads that tick them, their restarts and their checkpoints (R1, R10).
 *
 * <pre>
 *   WorldClock ─► WorkerLoop (thread) ─► CellSeat.tick ─► Cell
 *                                           │ failed ─► restart with backoff (job thread)
 *                                           └ image ─► Checkpointer (job thread) ─► store
 * </pre>
 *
 * <p>Ticks run on worker threads and never wait; whatever waits runs on job threads. Start reading at {@link dev.terrane.server.world.HostedWorld}.
 */
@NullMarked
package dev.terrane.server.world;

import org.jspecify.annotations.NullMarked;
