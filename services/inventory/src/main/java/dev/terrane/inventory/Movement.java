package dev.terrane.inventory;

import dev.terrane.command.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * One line of the goods' ledger: something left one container and arrived in another. Never changed, never deleted. What only changes its slot makes no line.
 *
 * @param transaction id of the first movement of those that belong together
 * @param goods what moved
 * @param from null: it was made
 * @param to null: it was used up
 */
public record Movement(
        long id,
        long transaction,
        Stack goods,
        @Nullable Container from,
        @Nullable Container to,
        Cause cause) {
    /** Why. @param reference the sender's note; of a grant, its source */
    public record Cause(IdempotencyKey key, String reference, long atMillis) {}
}
