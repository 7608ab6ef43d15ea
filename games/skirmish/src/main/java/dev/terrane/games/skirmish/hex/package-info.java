/**
 * Hexes: regions that players raise and own (H7). Who pays into a region has a share in it and a vote as heavy as that; whoever more than half of all shares vote for is its owner.
 *
 * <pre>
 *   cmd.hex.contribute ─┐                                ┌─► evt.hex.contributed, evt.hex.voted   journals
 *   cmd.hex.vote ───────┴─► HexPlay: Hex and its shares ─┴─► evt.hex.changed                      read model, players
 *   evt.hex.contributed ──► Dividends ──► cmd.economy.transfer                                     in the background
 * </pre>
 *
 * <p>The region's first cell has its hex: an entity without a place, so that it never leaves. Start reading at {@link dev.terrane.games.skirmish.hex.HexPlay}.
 */
@NullMarked
package dev.terrane.games.skirmish.hex;

import org.jspecify.annotations.NullMarked;
