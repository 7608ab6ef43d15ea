package dev.terrane.protocol.cluster;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import java.util.ArrayList;
import java.util.List;

/** Commands within messages to cells, as bytes. The payload stays as the client wrote it, and is decoded anew. */
final class CommandWords {
    private static final int TEXT_BYTES_MAX = 1024;

    private final CommandBodies bodies;

    CommandWords(CommandBodies bodies) {
        this.bodies = bodies;
    }

    static void write(List<CellCommand> commands, ByteWriter out) {
        out.varuint(commands.size());
        for (CellCommand command : commands) {
            CommandEnvelope envelope = command.envelope();
            out.i64(command.ticket());
            out.varuint(command.index());
            out.utf8(envelope.type());
            out.varuint(envelope.version());
            out.utf8(envelope.key());
            out.utf8(envelope.origin().clientId());
            out.utf8(envelope.origin().requestId());
            out.utf8(envelope.trace().eventId());
            out.utf8(envelope.trace().correlationId());
            out.utf8(envelope.trace().causationId());
            out.utf8(envelope.trace().producer());
            out.i64(envelope.trace().atMillis());
            out.blob(envelope.payload());
        }
    }

    List<CellCommand> read(ByteReader in) {
        int count = in.varuint();
        if (count < 0 || count > CommandLimits.BATCH_COUNT_MAX) {
            throw in.malformed(count + " commands; at most " + CommandLimits.BATCH_COUNT_MAX + " come together");
        }
        List<CellCommand> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long ticket = in.i64();
            int index = in.varuint();
            CommandEnvelope envelope = new CommandEnvelope(
                    text(in),
                    in.varuint(),
                    text(in),
                    new CommandEnvelope.Origin(text(in), text(in)),
                    new CommandEnvelope.Trace(text(in), text(in), text(in), text(in), in.i64()),
                    in.blob(CommandLimits.PAYLOAD_BYTES_MAX));
            commands.add(new CellCommand(ticket, index, envelope, bodies.decode(envelope)));
        }
        return commands;
    }

    private static String text(ByteReader in) {
        return in.utf8(TEXT_BYTES_MAX);
    }
}
