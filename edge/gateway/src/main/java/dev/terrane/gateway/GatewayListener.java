package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.SessionId;
import dev.terrane.protocol.client.ErrorCode;

/** Learns what happens to sessions, for logs. Called on the gateway's thread; must not block, throw, or call the gateway back. */
public interface GatewayListener {
    /** The session drives an avatar in this cell, for the first time or again after its cell restarted. */
    void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar);

    /**
     * The session is over.
     *
     * @param facts without a token if the client never said who it is
     * @param code {@link ErrorCode#NONE} when the client went by itself
     */
    void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message);

    /** A bug: this session was closed with INTERNAL, the others go on. */
    void failed(SessionId session, RuntimeException bug);

    /** So much was found against its character that it is reported. @param what for people */
    default void suspected(SessionId session, ConnectionFacts facts, String what) {}

    /** Whether somebody wants to know what this session does. Asked a few times a second. */
    default boolean traces(SessionId session, ConnectionFacts facts) {
        return false;
    }

    /** Of a session that is traced. @param what one word; @param detail for people */
    default void traced(SessionId session, ConnectionFacts facts, String what, String detail) {}

    /** A listener that ignores everything: for tests and tools. */
    static GatewayListener none() {
        return NoListener.INSTANCE;
    }
}
