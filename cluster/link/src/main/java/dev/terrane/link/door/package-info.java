/**
 * Links over real sockets: TLS 1.3 with certificates on both sides, by Vert.x; and certificates for local clusters, by Bouncy
 * Castle.
 *
 * <pre>
 *   tick threads ── offer, flush ──► LinkMachine of each peer ──┐
 *                                                              │ one loop: batches, sockets, timers, dials
 *   LinkEvents ◄──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>One event loop owns every socket of the node; events are told on it. The limits are those of the machines, plus
 * {@code Connection.UNDERWAY_BYTES_MAX} that the socket has been given and not written yet. Start reading at {@link Links}.
 */
@NullMarked
package dev.terrane.link.door;

import org.jspecify.annotations.NullMarked;
