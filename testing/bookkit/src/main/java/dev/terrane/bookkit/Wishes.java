package dev.terrane.bookkit;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;
import java.util.List;

/** Payloads as commands on their way. */
public final class Wishes {
    private final List<CommandType<?>> types;
    private final PayloadCodec codec;

    /** @param types one for each payload record that will be asked for */
    public Wishes(List<CommandType<?>> types, PayloadCodec codec) {
        this.types = types;
        this.codec = codec;
    }

    /** As the server would make it. */
    public CommandEnvelope envelope(String clientId, String requestId, Record payload) {
        CommandType<?> type = types.stream()
                .filter(candidate -> candidate.payload() == payload.getClass())
                .findFirst()
                .orElseThrow();
        return new CommandEnvelope(
                type.name(),
                type.version(),
                key(type, payload, clientId),
                new CommandEnvelope.Origin(clientId, requestId),
                new CommandEnvelope.Trace("e-" + requestId, "c-" + requestId, "", "trial", 0),
                codec.encode(payload));
    }

    private static <P extends Record> String key(CommandType<P> type, Record payload, String clientId) {
        return type.keyRule().keyOf(type.payload().cast(payload), clientId);
    }
}
