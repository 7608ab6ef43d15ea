/**
 * Goods against money, by messages alone: nobody writes into another's books, and a crash between any two steps changes nothing about the end.
 *
 * <pre>
 *   accept ─► HOLDING ─held─► DELIVERING ─delivered─► CAPTURING ─► DONE
 *                │ refused        │ refused
 *                ▼                ▼
 *             REFUSED ◄──── RELEASING          a step that died: STUCK, until an operator revives it
 * </pre>
 *
 * <p>The saga's state is one row; each step is a command whose result comes back as {@link dev.terrane.command.Resulted}. Pure: the store is a door's business. Start reading
 * at {@link TradeRules}.
 */
@NullMarked
package dev.terrane.trade;

import org.jspecify.annotations.NullMarked;
