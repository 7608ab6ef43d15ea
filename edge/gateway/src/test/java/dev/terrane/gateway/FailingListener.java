package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.SessionId;
import dev.terrane.protocol.client.ErrorCode;
import java.util.List;

/** Collects bugs. */
record FailingListener(List<RuntimeException> bugs) implements GatewayListener {
    @Override
    public void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar) {}

    @Override
    public void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message) {}

    @Override
    public void failed(SessionId session, RuntimeException bug) {
        bugs.add(bug);
    }
}
