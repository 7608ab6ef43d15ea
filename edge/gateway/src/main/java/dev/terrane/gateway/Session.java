package dev.terrane.gateway;

import dev.terrane.base.SessionId;

/** A client's sticky place on this gateway: the handle that the door keeps beside the connection. Gateway's thread only. */
public interface Session {
    /** For logs. */
    SessionId id();

    /** Nothing of this session will be sent or read any more. */
    boolean closed();
}
