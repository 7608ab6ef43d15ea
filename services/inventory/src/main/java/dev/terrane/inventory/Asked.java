package dev.terrane.inventory;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.IdempotencyKey;

/**
 * Who asks, and what its effects are to be known by.
 *
 * @param clientId see {@link CommandEnvelope.Origin}
 * @param eventId of the sending
 */
public record Asked(String clientId, IdempotencyKey key, String commandKey, String eventId) {
    /** The sender of a command. */
    public static Asked by(CommandEnvelope command) {
        return new Asked(
                command.origin().clientId(),
                command.idempotencyKey(),
                command.key(),
                command.trace().eventId());
    }
}
