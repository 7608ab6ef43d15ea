package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.PayloadCodec;

/** Commands that cells send. Whichever cell of a world asks, the world does: what one has asked and forgotten by a crash, another may ask again. */
final class WorldCommands {
    private WorldCommands() {}

    static CommandEnvelope envelope(
            CellId cell, TickFacts.Sent sent, String eventId, long nowMillis, PayloadCodec codec) {
        return new CommandEnvelope(
                sent.type().name(),
                sent.type().version(),
                sent.key(),
                new CommandEnvelope.Origin(TickFacts.clientId(cell), sent.requestId()),
                new CommandEnvelope.Trace(eventId, eventId, "", cell.toString(), nowMillis),
                codec.encode(sent.payload()));
    }
}
