package dev.terrane.protocol.client;

/** What this side speaks. A minor version only adds; another major version is another language. */
public final class ProtocolVersion {
    public static final int MAJOR = 2;
    public static final int MINOR = 0;

    private ProtocolVersion() {}

    /** Whether a client that greets with this major version can be understood, whatever its minor. */
    public static boolean accepts(int major) {
        return major == MAJOR;
    }
}
