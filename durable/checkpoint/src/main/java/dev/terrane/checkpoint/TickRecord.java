package dev.terrane.checkpoint;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.List;

/**
 * What one tick of one cell commits: facts, results and what it asks of others, all or nothing.
 *
 * @param outcomes of the commands that the tick carried out; they may leave once this is committed
 * @param sent commands of the cell itself, to be appended to their lanes with the rest
 * @param events for the outbox
 */
public record TickRecord(
        JournalEntry entry, List<Outcome> outcomes, List<CommandEnvelope> sent, List<EventEnvelope> events) {

    /**
     * A command and its result, for whoever sends the command again.
     *
     * @param payloadHash see {@link CommandEnvelope#payloadHash}
     */
    public record Outcome(IdempotencyKey key, long payloadHash, CommandResult result) {}
}
