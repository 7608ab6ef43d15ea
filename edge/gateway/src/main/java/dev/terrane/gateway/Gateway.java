package dev.terrane.gateway;

import dev.terrane.protocol.client.ErrorCode;
import java.nio.ByteBuffer;

/**
 * The agent of one event loop: its sessions, what they see, what they send.
 *
 * <p><b>Threading.</b> All methods are called by that loop, except on what {@link #inbox} and {@link #sessions} return. None blocks.
 * <b>Time.</b> {@code nowNanos} is {@link dev.terrane.base.Clock#nanos}, read by the caller.
 */
public interface Gateway {
    /**
     * A gateway without sessions.
     *
     * @param wake makes the loop call {@link #drain} soon; called by any thread
     */
    static Gateway create(GatewaySpec spec, GatewayPorts ports, Runnable wake) {
        return create(spec, ports, new GatewayInbox(GatewayInbox.CAPACITY_DEFAULT, wake));
    }

    /** With an inbox of the caller's size. */
    static Gateway create(GatewaySpec spec, GatewayPorts ports, GatewayInbox inbox) {
        return new GatewayAgent(spec, ports, inbox);
    }

    /** A connection whose token, origin and limits were accepted. Its first message has to be a Hello, in time. */
    Session open(ClientLink link, ConnectionFacts facts, long nowNanos);

    /**
     * A connection of somebody who could not say who he is before his first message: that has to be a Hello with a token.
     *
     * @param ip the client's address: for limits and logs
     * @param gate asked once, about that token; of a connection that is opened otherwise nobody looks at it
     */
    Session open(ClientLink link, String ip, TokenGate gate, long nowNanos);

    /**
     * One whole binary message of the client, from the buffer's position to its limit; the buffer stays the caller's and may be
     * reused afterwards. Never throws because of what it contains: a bad message is answered by a named Error and the close of
     * this session alone.
     */
    void onMessage(Session session, ByteBuffer message, long nowNanos);

    /**
     * A frame of the transport came that is no whole message: a ping or pong, a part of a message. It costs what a message costs, but is no sign of life. False when the
     * client may not be answered: it has sent too much and was told RATE_LIMITED, or is being closed.
     */
    boolean spend(Session session, long nowNanos);

    /**
     * The door itself found fault: a text message is MALFORMED, an overlong frame MESSAGE_TOO_LARGE. The client is told and the
     * link closed.
     */
    void reject(Session session, ErrorCode error, String message);

    /** The connection is gone, whoever closed it. The avatar lingers. Repeated calls do nothing. */
    void onClosed(Session session);

    /** Where cells and the server put what is for this gateway, from any thread. */
    GatewayInbox inbox();

    /** Works off the inbox, frames included; call it after each wake-up. Returns how many messages it took. */
    int drain(long nowNanos);

    /**
     * Deadlines, retries and gauges; call it every 50 to 100 ms.
     *
     * @param epochMillis Unix time of the same moment as {@code nowNanos}, for Pong
     */
    void onTimer(long nowNanos, long epochMillis);

    /** Tells every session SHUTTING_DOWN and closes it with 1001; later connections get the same. */
    void shutDown();

    /** Who is here; any thread may read it. */
    SessionListing sessions();
}
