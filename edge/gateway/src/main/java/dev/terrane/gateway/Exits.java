package dev.terrane.gateway;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.WireMessage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Offence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The ways out of a session: single messages to its client, and its end. */
final class Exits {
    /** Beyond this no message but the last is queued: a client that does not read must not fill the server's memory. */
    static final long QUEUED_BYTES_MAX = 1 << 20;

    private static final int CLOSE_REASON_BYTES_MAX = 123;

    /** A Leave that no inbox took within so many later ones is given up: its cell finds out by our next answer to its frame. */
    private static final int PENDING_LEAVE_COUNT_MAX = 10_000;

    private final GatewayRoom room;
    private final Deque<PendingLeave> pendingLeaves = new ArrayDeque<>();

    private record PendingLeave(CellMirror cell, CellInput.Leave leave) {}

    Exits(GatewayRoom room) {
        this.room = room;
    }

    void send(ClientSession session, WireMessage message) {
        if (!session.closed()) {
            send(session, ClientCodec.encode(message));
        }
    }

    /** A message that many are sent is encoded once. */
    void send(ClientSession session, byte[] message) {
        if (session.closed()) {
            return;
        }
        if (session.link.queuedBytes() > QUEUED_BYTES_MAX) {
            fail(session, ErrorCode.SLOW_CLIENT, "you do not read what is sent to you");
            return;
        }
        write(session, message);
    }

    private void write(ClientSession session, byte[] bytes) {
        session.link.claim(bytes.length).put(bytes);
        session.link.commit(bytes.length);
        room.touched.add(session);
    }

    /** Something went wrong, but not so that the connection has to end. */
    void complain(ClientSession session, ErrorCode code, String message, int retryAfterMillis, int requestId) {
        room.meters.error(code).one();
        if (session.traced) {
            room.ports.listener().traced(session.id, session.facts, "refused", code + ": " + message);
        }
        send(session, new ServerError(code, message, false, retryAfterMillis, requestId));
    }

    void fail(ClientSession session, ErrorCode code, String message) {
        fail(session, code, message, 0);
    }

    /** Tells the client what is wrong, closes the connection and lets the avatar linger. */
    void fail(ClientSession session, ErrorCode code, String message, int retryAfterMillis) {
        if (session.closed()) {
            return;
        }
        room.meters.error(code).one();
        write(session, ClientCodec.encode(new ServerError(code, message, true, retryAfterMillis, 0)));
        session.link.close(code.closeCode(), closeReason(code, message));
        Offence offence = Umpire.offenceOf(code);
        if (offence != null) {
            room.umpire.charge(session, offence, room.timedAtNanos()); // it is closed already: a kick keeps it away
        }
        end(session, code != ErrorCode.SESSION_REPLACED);
        room.ports.listener().closed(session.id, session.facts, code, message);
    }

    /** Our mistake: it costs this session alone. */
    void bug(ClientSession session, RuntimeException e) {
        room.meters.bugs.one();
        fail(session, ErrorCode.INTERNAL, "the server made a mistake with your session");
        room.ports.listener().failed(session.id, e);
    }

    /** The connection is gone. */
    void gone(ClientSession session) {
        if (session.closed()) {
            return;
        }
        end(session, true);
        room.ports.listener().closed(session.id, session.facts, ErrorCode.NONE, "");
    }

    private void end(ClientSession session, boolean leave) {
        CellMirror cell = session.cell;
        if (leave && cell != null && (session.welcomed() || session.joinTaken)) {
            leave(cell, session.id.value());
        }
        if (session.welcomed()) {
            session.home().playerCount.decrementAndGet();
        }
        if (session.attached) {
            session.attached = false;
            session.held.clear();
            room.ports.commands().detached(session.caller());
        }
        room.viewpoints.leave(session);
        session.state = SessionState.CLOSED;
        room.sessions.remove(session.id.value());
    }

    /** This gateway has no such session (any more). */
    void leave(CellMirror cell, long session) {
        CellInput.Leave leave = new CellInput.Leave(session, false);
        if (room.ports.cells().offer(cell.id, CellPort.ANY_EPOCH, leave) == Admission.FULL
                && pendingLeaves.size() < PENDING_LEAVE_COUNT_MAX) {
            pendingLeaves.add(new PendingLeave(cell, leave));
        }
    }

    void retryLeaves() {
        for (int count = pendingLeaves.size(); count > 0; count--) {
            PendingLeave pending = pendingLeaves.remove();
            if (room.ports.cells().offer(pending.cell.id, CellPort.ANY_EPOCH, pending.leave) == Admission.FULL) {
                pendingLeaves.add(pending);
            }
        }
    }

    /** The code's name, and of the message what fits. */
    private static String closeReason(ErrorCode code, String message) {
        String reason = code + ": " + message;
        while (reason.getBytes(StandardCharsets.UTF_8).length > CLOSE_REASON_BYTES_MAX) {
            reason = reason.substring(0, reason.offsetByCodePoints(reason.length(), -1));
        }
        return reason;
    }
}
