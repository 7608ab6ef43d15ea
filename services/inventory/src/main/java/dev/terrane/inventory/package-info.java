/**
 * Goods: item types, containers with slots, and moves that neither make nor destroy anything. Only a grant makes, only a consumption destroys; both say why.
 *
 * <pre>
 *   grant(source) ──► container ── move · split · merge · transfer ──► container ──► consume
 *                     slots: [ammo 40] [ammo 12] [gun #4711] [ ]
 * </pre>
 *
 * <p>Pure: no threads, no clock, no database. A door reads the containers that a batch of commands names into a {@link dev.terrane.inventory.Stock}, asks
 * {@link dev.terrane.inventory.InventoryRules} about each command in order, and writes which slots have changed and what moved. Refusals are values, with the codes of
 * {@link dev.terrane.inventory.InventoryErrors}. Start reading at {@link dev.terrane.inventory.InventoryCommands}; docs/ECONOMY.md tells the whole.
 */
@NullMarked
package dev.terrane.inventory;

import org.jspecify.annotations.NullMarked;
