package dev.terrane.server;

import dev.terrane.coordinator.Release;
import dev.terrane.protocol.client.ProtocolVersion;

/** Which Terrane this is. */
public final class ServerVersion {
    /** Product version, as in CHANGELOG.md. */
    public static final String TEXT = Release.OWN.toString();

    /** Version of the client protocol, major.minor. */
    public static final String PROTOCOL = ProtocolVersion.MAJOR + "." + ProtocolVersion.MINOR;

    private ServerVersion() {}
}
