/**
 * A bad network as arithmetic: when what is sent now will arrive.
 *
 * <pre>
 *   "rtt=100,jitter=20,stall=300,stalls=6,kbps=2000" ─► LinkConditions ─► LinkModel, one per direction
 *                                                      (sent at, bytes) ─► arrives at
 * </pre>
 *
 * <p>Whoever has real bytes holds them back until then: the server's door and the Java client do. <b>Threads.</b> None; a model belongs to one
 * owner. <b>Time</b> is handed in, in nanoseconds of a clock that only rises. <b>Limits</b> are the constants of
 * {@link dev.terrane.conditions.LinkConditions}; a model drops nothing, so its owner bounds what waits. Start reading at
 * {@link dev.terrane.conditions.LinkModel}.
 */
@NullMarked
package dev.terrane.conditions;

import org.jspecify.annotations.NullMarked;
