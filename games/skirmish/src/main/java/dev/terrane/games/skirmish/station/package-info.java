/**
 * Stations: one at the centre of each region. They sell rounds and repairs for credits, which kills bring, and buy salvage, which wrecks hold; the money is with the economy, what is aboard is the cell's.
 *
 * <pre>
 *   kill ─► cmd.economy.issue                               the world pays
 *   cmd.trade.accept ─► hold ─► cmd.skirmish.deliver ─► capture    the pilot pays, if the ship is at the station and has room
 * </pre>
 *
 * <p>Start reading at {@link dev.terrane.games.skirmish.station.Station}.
 */
@NullMarked
package dev.terrane.games.skirmish.station;

import org.jspecify.annotations.NullMarked;
