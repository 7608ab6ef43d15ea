package dev.terrane.protocol.client;

/** What a durable command may hold on the wire: the same as in the lane. */
public final class CommandWire {
    public static final int TYPE_CHARS_MAX = 64;
    public static final int REQUEST_ID_CHARS_MAX = 64;
    public static final int PAYLOAD_BYTES_MAX = 8 * 1024;
    /** Ids in one ResultAck. */
    public static final int ACK_COUNT_MAX = 64;

    private CommandWire() {}
}
