package dev.terrane.gateway;

import java.nio.ByteBuffer;

/**
 * The port out to one client. The door implements it over its socket, one link per connection; called on the gateway's thread.
 *
 * <p>A message is sent by {@link #claim}, filling, {@link #commit}: the bytes are written once, straight into the buffer that the
 * socket sends. At most one claim is open at a time, and it ends before the gateway returns. Commits queue; the gateway calls {@link #flush}
 * once per link when it has said everything, before it returns. After {@link #close} and after the connection broke, everything here does
 * nothing ({@code claim} still gives a buffer to scribble on).
 */
public interface ClientLink {
    /** A little-endian buffer, position 0, with room for at least {@code bytesMax}. The door's again after commit or release. */
    ByteBuffer claim(int bytesMax);

    /** Queues bytes 0 until {@code lengthBytes} of the claimed buffer as one binary message, in order with all others. */
    void commit(int lengthBytes);

    /**
     * Queues bytes 0 until {@code headBytes} of the claimed buffer and then the sealed body as one binary message. The body's memory stays until this
     * link has sent it; it is long enough to be worth sending from where it is (short ones the gateway copies behind the head).
     */
    void commit(int headBytes, SharedBytes body);

    /** Hands everything queued to the network. */
    void flush();

    /** Gives the claimed buffer back unsent. */
    void release();

    /**
     * The client takes data slower than it is sent: more than the door's limit is queued. Snapshots are then skipped and healed
     * later; small messages (errors, pongs, game messages, results, events) still go out.
     */
    boolean congested();

    /** Bytes handed over and not yet taken by the socket. */
    long queuedBytes();

    /**
     * Sends what is queued, then closes. The door then reports {@link Gateway#onClosed} once, later, not from inside this call.
     *
     * @param code WebSocket close code: {@link dev.terrane.protocol.client.ErrorCode#closeCode}, or 1001 when the server goes away
     * @param reason at most 123 bytes of UTF-8
     */
    void close(int code, String reason);
}
