package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.base.SessionId;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.node.Telling;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.server.witness.Traces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who comes and goes. Called on gateway threads. */
final class SessionLog implements GatewayListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    private final @Nullable Traces traces;

    /** @param traces hears of sessions, too; null: there is none */
    SessionLog(@Nullable Traces traces) {
        this.traces = traces;
    }

    @Override
    public void joined(SessionId session, ConnectionFacts facts, String name, CellId cell, long avatar) {
        LOG.atInfo()
                .addKeyValue("session", session)
                .addKeyValue("character", facts.verified().character())
                .addKeyValue("cell", cell)
                .addKeyValue("entity", new EntityId(avatar))
                .log("{} joined", name);
        if (traces != null) {
            traces.joined(session.value(), facts.verified().character(), avatar);
        }
    }

    @Override
    public void closed(SessionId session, ConnectionFacts facts, ErrorCode code, String message) {
        VerifiedToken who = facts.token();
        LOG.atInfo()
                .addKeyValue("session", session)
                .addKeyValue("character", who == null ? "unknown" : who.character())
                .addKeyValue("ip", facts.ip())
                .addKeyValue("code", code)
                .log(code == ErrorCode.NONE ? "left" : "closed: {}", message);
        if (traces != null && who != null) {
            traces.closed(session.value(), who.character(), code + " " + message);
        }
    }

    @Override
    public void suspected(SessionId session, ConnectionFacts facts, String what) {
        LOG.atWarn()
                .addKeyValue("session", session)
                .addKeyValue("character", facts.verified().character())
                .addKeyValue("ip", facts.ip())
                .log("suspected of unfair play: {}", what);
    }

    @Override
    public boolean traces(SessionId session, ConnectionFacts facts) {
        return traces != null
                && traces.any()
                && traces.isTraced(session.value(), facts.verified().character());
    }

    @Override
    public void traced(SessionId session, ConnectionFacts facts, String what, String detail) {
        if (traces != null) {
            traces.write(
                    Telling.Place.GATEWAY, session.value(), 0, facts.verified().character(), what, detail);
        }
    }

    @Override
    public void failed(SessionId session, RuntimeException bug) {
        LOG.atError().setCause(bug).addKeyValue("session", session).log("a bug closed this session; the others go on");
    }
}
