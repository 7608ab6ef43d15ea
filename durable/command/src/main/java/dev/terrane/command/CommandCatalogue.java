package dev.terrane.command;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The types that are known here, and the way from bytes to a decoded command. Immutable; any thread may use it. */
public final class CommandCatalogue {
    private final SortedMap<String, SortedMap<Integer, CommandType<?>>> types = new TreeMap<>();
    private final PayloadCodec codec;

    /** @throws IllegalArgumentException for a type given twice */
    public CommandCatalogue(Collection<CommandType<?>> types, PayloadCodec codec) {
        this.codec = codec;
        for (CommandType<?> type : types) {
            CommandType<?> other = this.types
                    .computeIfAbsent(type.name(), _ -> new TreeMap<>())
                    .putIfAbsent(type.version(), type);
            if (other != null) {
                throw new IllegalArgumentException(type + " is declared twice");
            }
        }
    }

    /** What a payload turned out to be. */
    public sealed interface Decoded {
        /** @param key by the type's rule */
        record Good(CommandType<?> type, Record payload, String key) implements Decoded {}

        /** @param refusal the result that the command gets */
        record Bad(CommandResult.Refused refusal) implements Decoded {}
    }

    /** Decodes what a client sent. */
    public Decoded decode(String name, int version, String clientId, byte[] payload) {
        SortedMap<Integer, CommandType<?>> versions = types.get(name);
        if (versions == null) {
            return bad(
                    CommandErrors.UNKNOWN_COMMAND,
                    "nobody here carries out '" + name + "'; known are " + types.keySet());
        }
        CommandType<?> type = versions.get(version);
        if (type == null) {
            return bad(
                    CommandErrors.UNKNOWN_VERSION,
                    name + " has no version " + version + " here; known are " + versions.keySet());
        }
        if (payload.length > CommandLimits.PAYLOAD_BYTES_MAX) {
            return bad(
                    CommandErrors.INVALID_PAYLOAD,
                    "a payload of " + payload.length + " bytes is longer than " + CommandLimits.PAYLOAD_BYTES_MAX);
        }
        return decode(type, clientId, payload);
    }

    private <P extends Record> Decoded decode(CommandType<P> type, String clientId, byte[] payload) {
        try {
            P decoded = codec.decode(type, payload);
            String key = type.keyRule().keyOf(decoded, clientId);
            if (key.isEmpty() || key.length() > CommandLimits.KEY_CHARS_MAX) {
                return bad(
                        CommandErrors.INVALID_PAYLOAD,
                        type + ": its key needs 1 to " + CommandLimits.KEY_CHARS_MAX + " characters");
            }
            return new Decoded.Good(type, decoded, key);
        } catch (PayloadRefusedException e) {
            return bad(CommandErrors.INVALID_PAYLOAD, type + ": " + e.getMessage());
        }
    }

    private static Decoded bad(String code, String reason) {
        return new Decoded.Bad(new CommandResult.Refused(code, reason));
    }
}
