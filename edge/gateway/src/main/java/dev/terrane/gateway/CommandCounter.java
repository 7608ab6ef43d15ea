package dev.terrane.gateway;

import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.gateway.CommandPort.Submission;
import dev.terrane.gateway.CommandPort.Wish;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** Where players hand in durable commands and get what became of them. Nothing outlives a session here: what it is not told, the next one is. */
final class CommandCounter {
    /** A few of a player's hands and one of a script; more wait for their results first. */
    static final int IN_FLIGHT_COUNT_MAX = 32;
    /** A result usually takes less. */
    private static final int RETRY_MILLIS = 250;

    /** Beyond this, results wait here: what a client needs to play must not wait behind them. */
    static final long QUEUED_BYTES_MAX = 128 * 1024;

    private static final byte[] NOTHING = {};

    private final GatewayRoom room;
    private final Exits exits;
    /** Sessions with something held. */
    private final List<ClientSession> holding = new ArrayList<>();

    CommandCounter(GatewayRoom room, Exits exits) {
        this.room = room;
        this.exits = exits;
    }

    /** The client got its Welcome. */
    void welcomed(ClientSession session) {
        if (session.knowsCommands()) {
            session.attached = true;
            room.ports.commands().attached(session.caller(), session.resumed, room.inbox);
        }
    }

    void command(ClientSession session, Command command, long nowNanos) {
        if (refusesOldClient(session)) {
            return;
        }
        if (!command.isValid()) {
            exits.fail(
                    session,
                    ErrorCode.INVALID_INPUT,
                    "a command has a version from 1, and a type and a request id of visible ASCII characters");
            return;
        }
        if (!session.welcomed()) {
            refuse(session, command, CommandErrors.BUSY, "commands come after Welcome");
            return;
        }
        if (!session.inFlight.enter(command.requestId(), nowNanos)) {
            refuse(
                    session,
                    command,
                    CommandErrors.TOO_MANY,
                    "you wait for " + IN_FLIGHT_COUNT_MAX + " results already; wait for some of them first");
            return;
        }
        Wish wish = new Wish(command.type(), command.version(), command.requestId(), command.payload());
        switch (room.ports.commands().submit(session.caller(), wish)) {
            case Submission.Accepted _ -> room.meters.commandsAccepted.one();
            case Submission.Refused refused -> {
                session.inFlight.leave(command.requestId());
                refuse(session, command, refused.result());
            }
        }
    }

    void acked(ClientSession session, ResultAck ack) {
        if (!refusesOldClient(session) && session.attached) {
            room.ports.commands().acked(session.caller(), ack.requestIds());
        }
    }

    void heard(LaneOutput output) {
        switch (output) {
            case LaneOutput.Result result -> {
                ClientSession session = room.sessions.get(result.session());
                if (session != null && session.attached) {
                    session.inFlight.leave(result.requestId());
                    room.meters.resultsSent.one();
                    tell(session, ClientCodec.encode(onWire(result.requestId(), result.type(), result.result())));
                }
            }
            case LaneOutput.Events told -> {
                ClientSession session = room.sessions.get(told.session());
                if (session != null) {
                    told.events().forEach(event -> happened(session, onWire(event)));
                }
            }
            case LaneOutput.Broadcast broadcast -> {
                WorldMirror world = room.world(broadcast.world());
                byte[] event = onWire(broadcast.event());
                room.sessions.forEach(session -> {
                    if (session.world == world) {
                        happened(session, event);
                    }
                });
            }
        }
    }

    private void happened(ClientSession session, byte[] event) {
        if (session.attached) {
            room.meters.eventsSent.one();
            tell(session, event);
        }
    }

    /** What does not fit into the connection now goes out a little later, in order. */
    private void tell(ClientSession session, byte[] message) {
        if (session.held.isEmpty() && session.link.queuedBytes() <= QUEUED_BYTES_MAX) {
            exits.send(session, message);
        } else if (!session.held.add(message)) {
            exits.fail(session, ErrorCode.SLOW_CLIENT, "you do not read your results");
        } else if (!session.isHolding) {
            session.isHolding = true;
            holding.add(session);
        }
    }

    void onTimer() {
        holding.removeIf(session -> {
            try {
                sendHeld(session);
            } catch (RuntimeException e) {
                exits.bug(session, e);
            }
            session.isHolding = !session.closed() && !session.held.isEmpty();
            return !session.isHolding;
        });
    }

    private void sendHeld(ClientSession session) {
        while (!session.closed() && !session.held.isEmpty() && session.link.queuedBytes() <= QUEUED_BYTES_MAX) {
            exits.send(session, session.held.remove());
        }
    }

    /** To whoever greets with a lower minor version these kinds of message are unknown. */
    private boolean refusesOldClient(ClientSession session) {
        if (session.knowsCommands()) {
            return false;
        }
        exits.fail(
                session,
                ErrorCode.UNKNOWN_MESSAGE,
                "durable commands are of protocol " + ProtocolVersion.MAJOR + "." + ProtocolVersion.COMMANDS_SINCE_MINOR
                        + "; say so in Hello");
        return true;
    }

    private void refuse(ClientSession session, Command command, String code, String reason) {
        refuse(session, command, new CommandResult.Refused(code, reason, RETRY_MILLIS));
    }

    private void refuse(ClientSession session, Command command, CommandResult.Refused refused) {
        room.meters.commandsRefused.one();
        exits.send(session, onWire(command.requestId(), command.type(), refused));
    }

    private static ServerMessage.CommandResult onWire(String requestId, String type, CommandResult result) {
        return switch (result) {
            case CommandResult.Done done ->
                new ServerMessage.CommandResult(requestId, type, true, "", "", 0, done.payload());
            case CommandResult.Refused refused ->
                new ServerMessage.CommandResult(
                        requestId,
                        type,
                        false,
                        refused.errorCode(),
                        refused.reason(),
                        refused.retryAfterMillis(),
                        NOTHING);
        };
    }

    private static byte[] onWire(EventEnvelope event) {
        return ClientCodec.encode(
                new ServerMessage.Event(event.topic(), event.key(), event.eventId(), event.payload()));
    }
}
