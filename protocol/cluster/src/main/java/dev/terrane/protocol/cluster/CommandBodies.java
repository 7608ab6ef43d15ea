package dev.terrane.protocol.cluster;

import dev.terrane.command.CommandEnvelope;

/** Reads the payloads of commands once they have come back from bytes: by the same types, under which they were accepted. */
@FunctionalInterface
public interface CommandBodies {
    /** @throws dev.terrane.bytes.MalformedBytesException if it is no command of this world */
    Record decode(CommandEnvelope command);
}
