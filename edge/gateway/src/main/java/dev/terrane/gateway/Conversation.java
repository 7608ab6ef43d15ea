package dev.terrane.gateway;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ClientMessage.ClientInput;
import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.ClientMessage.TooLarge;
import dev.terrane.protocol.client.ClientMessage.Unknown;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.Ping;
import dev.terrane.protocol.client.Pong;
import dev.terrane.protocol.client.WireLimits;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.Offence;
import java.nio.ByteBuffer;

/** What clients say: checked, then answered or passed on. Each fault is named and costs the sender its connection, nobody else. */
final class Conversation {
    private static final int TEXT_BYTES_MAX = 1024;
    /** When a cell's inbox is full, it has room again after a few ticks. */
    private static final int MESSAGE_RETRY_MILLIS = 250;
    /** So long after the last frame for a session, the world is behind. */
    private static final long LATE_NANOS = 250_000_000L;

    private final GatewayRoom room;
    private final Exits exits;
    private final Reception reception;
    private final CommandCounter counter;
    private final WireLimits limits;
    private long epochMinusNanos;

    Conversation(GatewayRoom room, Exits exits, Reception reception, CommandCounter counter) {
        this.room = room;
        this.exits = exits;
        this.reception = reception;
        this.counter = counter;
        int bytesMax = room.settings.messages().bytesMax();
        this.limits = new WireLimits(bytesMax, Math.min(TEXT_BYTES_MAX, bytesMax), bytesMax);
    }

    /** Both readings are of the same moment. */
    void setTime(long nowNanos, long epochMillis) {
        epochMinusNanos = epochMillis * 1_000_000L - nowNanos;
    }

    void heard(ClientSession session, ByteBuffer message, long nowNanos) {
        session.heardAtNanos = nowNanos;
        if (!spends(session, nowNanos)) {
            return;
        }
        ClientMessage decoded;
        try {
            decoded = ClientCodec.decodeFromClient(message, limits);
        } catch (MalformedBytesException e) {
            exits.fail(session, ErrorCode.MALFORMED, "this is no message: " + e.getMessage());
            return;
        }
        if (session.state == SessionState.AWAIT_HELLO
                && !(decoded instanceof Hello || decoded instanceof TooLarge || decoded instanceof Unknown)) {
            exits.fail(session, ErrorCode.HELLO_EXPECTED, "the first message has to be Hello");
            return;
        }
        take(session, decoded, nowNanos);
    }

    /** False when it has sent too much, and is told so. */
    boolean spends(ClientSession session, long nowNanos) {
        if (session.bucket.tryTake(nowNanos)) {
            return true;
        }
        exits.fail(
                session,
                ErrorCode.RATE_LIMITED,
                "more than " + room.settings.messages().ratePerSecond() + " messages per second, and "
                        + room.settings.messages().burst() + " at once, are too many");
        return false;
    }

    private void take(ClientSession session, ClientMessage message, long nowNanos) {
        switch (message) {
            case Hello hello -> {
                if (session.state == SessionState.AWAIT_HELLO) {
                    reception.hello(session, hello, nowNanos);
                } else {
                    exits.fail(session, ErrorCode.UNKNOWN_MESSAGE, "Hello is said once per connection");
                }
            }
            case ClientInput input -> input(session, input, nowNanos);
            case GameMessage game -> game(session, game);
            case Command command -> counter.command(session, command, nowNanos);
            case ResultAck ack -> counter.acked(session, ack);
            case Ping ping -> exits.send(session, new Pong(ping.sentAtMillis(), (nowNanos + epochMinusNanos) / 1e6));
            case Pong _ -> {} // it was heard, that is all
            case Unknown unknown ->
                exits.fail(session, ErrorCode.UNKNOWN_MESSAGE, "clients send no messages of type " + unknown.type());
            case TooLarge tooLarge -> exits.fail(session, ErrorCode.MESSAGE_TOO_LARGE, tooLarge.what());
        }
    }

    private void input(ClientSession session, ClientInput input, long nowNanos) {
        if (!session.welcomed()) {
            exits.fail(session, ErrorCode.INVALID_INPUT, "inputs come after Welcome, which says their first number");
            return;
        }
        if (!input.isValid()) {
            exits.fail(session, ErrorCode.INVALID_INPUT, "input " + input.seq() + " is out of range or not a number");
            return;
        }
        boolean hasty = session.inputPace != null && !session.inputPace.tryTake(nowNanos);
        boolean unfair = session.fairPace != null && !session.fairPace.tryTake(nowNanos);
        if (unfair && !worldIsLate(session, nowNanos) && charged(session, Offence.HASTE, nowNanos)) {
            return;
        }
        switch (session.lane.place(input.seq())) {
            case NEXT -> {}
            case DUPLICATE -> {
                room.meters.inputsDuplicate.one();
                trace(session, "refused", "input " + input.seq() + " came before");
                if (session.lane.broughtByThisConnection(input.seq())) {
                    charged(session, Offence.REPLAY, nowNanos);
                }
                return;
            }
            case GAP -> {
                exits.fail(
                        session,
                        ErrorCode.INVALID_INPUT,
                        "input " + input.seq() + " came, but " + (session.lane.last() + 1) + " is the next");
                return;
            }
            case FULL -> {
                if (hasty && session.state == SessionState.PLAYING && !worldIsLate(session, nowNanos)) {
                    exits.fail(session, ErrorCode.BACKPRESSURE_INPUT, "you send inputs faster than the world ticks");
                    return;
                }
                // Else it is the world that takes them slower than it should.
                session.lane.dropOldest();
                room.meters.inputsDropped.one();
                trace(session, "refused", "the oldest input that waited: the world takes them slower than it should");
            }
        }
        session.margin.arrived(input.seq(), input.clientTick(), nowNanos);
        session.lane.add(toCell(session, input));
        reception.flushInputs(session);
        if (session.lane.waitingCount() > 0) {
            room.meters.inputsHeld.one();
            trace(session, "held", "input " + input.seq() + ", with those before it");
        }
    }

    /** Whether that was too much, and the session is closed. */
    private boolean charged(ClientSession session, Offence offence, long nowNanos) {
        boolean kicked = room.umpire.charge(session, offence, nowNanos);
        if (kicked) {
            room.umpire.kick(session, exits, nowNanos);
        }
        return kicked;
    }

    private void trace(ClientSession session, String what, String detail) {
        if (session.traced) {
            room.ports.listener().traced(session.id, session.facts, what, detail);
        }
    }

    /** Then it is not the client's fault that nobody applies its inputs. */
    private boolean worldIsLate(ClientSession session, long nowNanos) {
        return nowNanos - session.framedAtNanos > session.home().dilated(LATE_NANOS) || room.wasAway(nowNanos);
    }

    /** A diagonal is no faster: the wish is cut to length 1. */
    private static CellInput.PlayerInput toCell(ClientSession session, ClientInput input) {
        float x = input.moveX();
        float y = input.moveY();
        double length = Math.sqrt((double) x * x + (double) y * y);
        if (length > 1) {
            x = (float) (x / length);
            y = (float) (y / length);
        }
        return new CellInput.PlayerInput(
                session.id.value(),
                input.seq(),
                input.clientTick(),
                input.viewTick(),
                x,
                y,
                input.aim(),
                input.held(),
                input.pressed());
    }

    private void game(ClientSession session, GameMessage message) {
        if (message.type() == 0) {
            exits.complain(
                    session, ErrorCode.UNKNOWN_MESSAGE, "game messages are numbered from 1", 0, message.requestId());
            return;
        }
        CellMirror cell = session.cell;
        if (session.state != SessionState.PLAYING || cell == null) {
            refuse(session, message, "your avatar is not in the world now");
            return;
        }
        Admission admission = room.ports
                .cells()
                .offer(
                        cell.id,
                        session.epoch,
                        new CellInput.PlayerMessage(
                                session.id.value(), message.type(), message.requestId(), message.payload()));
        if (admission == Admission.ACCEPTED) {
            room.meters.gameMessagesForwarded.one();
        } else {
            refuse(session, message, "the world is too busy for it");
        }
    }

    private void refuse(ClientSession session, GameMessage message, String why) {
        room.meters.gameMessagesRefused.one();
        exits.complain(session, ErrorCode.MESSAGE_REFUSED, why, MESSAGE_RETRY_MILLIS, message.requestId());
    }
}
