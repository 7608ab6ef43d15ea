package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.base.SessionId;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.protocol.client.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who comes and goes. Called on gateway threads. */
final class SessionLog implements GatewayListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    @Override
    public void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar) {
        LOG.atInfo()
                .addKeyValue("session", session)
                .addKeyValue("character", facts.token().character())
                .addKeyValue("cell", cell)
                .addKeyValue("entity", new EntityId(avatar))
                .log("{} joined", name);
    }

    @Override
    public void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message) {
        LOG.atInfo()
                .addKeyValue("session", session)
                .addKeyValue("character", facts.token().character())
                .addKeyValue("ip", facts.ip())
                .addKeyValue("code", code)
                .log(code == ErrorCode.NONE ? "left" : "closed: {}", message);
    }

    @Override
    public void failed(SessionId session, RuntimeException bug) {
        LOG.atError().setCause(bug).addKeyValue("session", session).log("a bug closed this session; the others go on");
    }
}
