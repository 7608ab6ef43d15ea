package dev.terrane.protocol.client;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import org.jspecify.annotations.Nullable;

/** Reads everything that a server says on one connection: Envelopes, and the snapshots whose heads build on one another. Not thread-safe. */
public final class MessageReader {
    private final WireLimits limits;
    private @Nullable SnapshotReader snapshots;

    public MessageReader(WireLimits limits) {
        this.limits = limits;
    }

    /**
     * The records of a snapshot are not copied: they stay in {@code bytes}.
     *
     * @throws MalformedBytesException if it makes no sense
     */
    public ServerMessage read(byte[] bytes, int offset, int length) {
        if (!SnapshotReader.isSnapshot(bytes, offset, length)) {
            ServerMessage message = ClientCodec.decodeFromServer(bytes, offset, length, limits);
            if (message instanceof Welcome welcome) {
                snapshots = new SnapshotReader(welcome.simulationHz());
            }
            return message;
        }
        SnapshotReader reader = snapshots;
        if (reader == null) {
            throw new MalformedBytesException("a snapshot came before Welcome");
        }
        if (length > limits.frameBytesMax()) {
            throw new MalformedBytesException(ClientCodec.tooLarge(length, limits));
        }
        return reader.read(bytes, offset, length);
    }
}
