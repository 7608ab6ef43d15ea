/**
 * Money: currencies, wallets, and a ledger of postings that are never changed. Whatever happens, each currency's balances add up to zero.
 *
 * <pre>
 *   system:mint/credits (the issuer: alone below zero)
 *        │ issue                  ┌── hold ──► held ── capture ──► payee
 *        ▼                        │              └─── release ──► available
 *   character:…/credits ──────────┴ transfer · exchange ─────────► other wallets
 * </pre>
 *
 * <p>Pure: no threads, no clock, no database. A door reads what a batch of commands touches into {@link dev.terrane.economy.Books}, asks
 * {@link dev.terrane.economy.EconomyRules} about each command in order, and writes what the books have noted down. Amounts are whole numbers of a currency's
 * smallest unit, at most {@link dev.terrane.economy.EconomyLimits#AMOUNT_MAX}; there is no floating point. Refusals are values, with the codes of
 * {@link dev.terrane.economy.EconomyErrors}. Start reading at {@link dev.terrane.economy.EconomyCommands}; docs/ECONOMY.md tells the whole.
 */
@NullMarked
package dev.terrane.economy;

import org.jspecify.annotations.NullMarked;
