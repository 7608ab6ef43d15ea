/**
 * The trade's sagas in the schema {@code trade}: one row each, changed in the transaction that sends the next step. Start reading at {@link dev.terrane.postgres.trade.PostgresTrade}.
 */
@NullMarked
package dev.terrane.postgres.trade;

import org.jspecify.annotations.NullMarked;
