/**
 * Nothing acknowledged is lost, as one simulation: the real lanes, cells and rules of the services meet over one store that tears, nodes that die or stall between any two steps, and clients that ask
 * twice.
 *
 * <pre>
 *   SimClient ─► SimNode ── NodeLanes ─┬─► ServiceDoor ─► ServiceTables (economy, inventory, trade) ─► outbox ─► NodeRelay ─┐
 *       ▲        FrontDesk             └─► CellCarrier ─► CellHouse ─► Journalist ─► CellTables                              │
 *       └──────────── results ◄─────────────── lanes again, as commands and results ◄────────────────────────────────────────┘
 * </pre>
 *
 * <p>One thread, one {@link dev.terrane.simulation.books.SimTime}; a seed decides everything. Start at {@code BooksRun}; the rules that are asked are in the checkers, the ways to break them in
 * {@code BooksSabotage}.
 */
@NullMarked
package dev.terrane.simulation.books;

import org.jspecify.annotations.NullMarked;
