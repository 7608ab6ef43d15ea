package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.SessionId;
import dev.terrane.protocol.client.ErrorCode;

/** Learns what happens to sessions, for logs. Called on the gateway's thread; must not block, throw, or call the gateway back. */
public interface GatewayListener {
    /** The session drives an avatar in this cell, for the first time or again after its cell restarted. */
    void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar);

    /** @param code {@link ErrorCode#NONE} when the client went by itself */
    void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message);

    /** A bug: this session was closed with INTERNAL, the others go on. */
    void failed(SessionId session, RuntimeException bug);

    /** A listener that ignores everything: for tests and tools. */
    static GatewayListener none() {
        return NoListener.INSTANCE;
    }
}
