package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;

/** Commands that cells send. Whichever cell of a world asks, the world does: what one has asked and forgotten by a crash, another may ask again. */
final class WorldCommands {
    private WorldCommands() {}

    static CommandEnvelope envelope(
            CellId cell, TickFacts.Sent sent, String eventId, long nowMillis, PayloadCodec codec) {
        String client = "cell:" + cell.world().name();
        return new CommandEnvelope(
                sent.type().name(),
                sent.type().version(),
                key(sent.type(), sent.payload(), client),
                new CommandEnvelope.Origin(client, sent.requestId()),
                new CommandEnvelope.Trace(eventId, eventId, "", cell.toString(), nowMillis),
                codec.encode(sent.payload()));
    }

    private static <P extends Record> String key(CommandType<P> type, Record payload, String client) {
        return type.keyRule().keyOf(type.payload().cast(payload), client);
    }
}
