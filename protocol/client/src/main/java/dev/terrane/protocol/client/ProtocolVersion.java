package dev.terrane.protocol.client;

/** What this side speaks. A minor version only adds; another major version is another language. */
public final class ProtocolVersion {
    public static final int MAJOR = 2;
    public static final int MINOR = 2;
    /** The first minor version with Command, ResultAck, CommandResult and Event: who greets with a lower one neither sends nor gets them. */
    public static final int COMMANDS_SINCE_MINOR = 1;

    private ProtocolVersion() {}

    /** Whether a client that greets with this major version can be understood, whatever its minor. */
    public static boolean accepts(int major) {
        return major == MAJOR;
    }
}
