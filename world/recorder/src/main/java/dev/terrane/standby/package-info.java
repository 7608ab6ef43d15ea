/**
 * The warm copy of a cell on another node: a twin that carries the same ticks out (docs/adr/0045).
 *
 * <pre>
 *   tick ─► StandbyStream (a CellTap) ─pieces─► link ─► StandbyTwin ─► the same cell, silent
 *                  ▲                                        │
 *   OutputGate ◄───┴──────────── how far, or: again ────────┘ promote: it is the cell
 * </pre>
 *
 * <p>Pure: no sockets here. Pieces arrive in order or not at all, as a link promises; what is lost with a connection is noticed by its number and asked for again, from a base on.
 */
@NullMarked
package dev.terrane.standby;

import org.jspecify.annotations.NullMarked;
