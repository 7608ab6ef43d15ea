package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.gateway.AdmissionAnswer.Refused;
import dev.terrane.gateway.ResumeTokens.Check;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import dev.terrane.protocol.cluster.CellOutput.JoinRefused;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.protocol.cluster.CellOutput.Moved;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;

/**
 * The way in: from Hello to an avatar in a cell, and back to one when its cell was lost.
 *
 * <pre>
 *   Hello ─► Admissions ─► Join to the cell it names ─► Joined ─► Welcome + ServerInfo
 *               ▲  in transit, cell away, no answer │
 *               └──────── a little later ◄──────────┘   until the join deadline
 * </pre>
 */
final class Reception {
    /** Clocks differ, and a client whose frames come unevenly may run ahead of the ticks for a while. */
    private static final double INPUTS_PER_TICK_MAX = 1.25;
    /** Inputs of so long may come at once and are called no haste: longer than any stall that a connection outlives. */
    private static final int FAIR_BURST_SECONDS = 10;

    private static final long NANOS_PER_MILLI = 1_000_000L;
    /** A full inbox has room again after a tick or two. */
    private static final long FULL_RETRY_NANOS = 50 * NANOS_PER_MILLI;
    /** The avatar is under way, or its cell restarts: both take longer than a tick. */
    private static final long AWAY_RETRY_NANOS = 250 * NANOS_PER_MILLI;
    /** A join that was taken and not answered for so long went down with its cell. */
    private static final long ANSWER_NANOS = 3_000 * NANOS_PER_MILLI;

    /** A cell that goes on elsewhere does so after a few ticks; whoever it does not know then came too late to be in its copy. */
    private static final long GOES_ON_NANOS = 1_000 * NANOS_PER_MILLI;

    private static final int RETRY_ADVICE_MILLIS = 2_000;

    private final GatewayRoom room;
    private final Exits exits;
    private final CommandCounter counter;
    private final ResumeTokens resumeTokens;
    /** Who is on the way in; who was, until the timer finds out. */
    private final List<ClientSession> onTheWay = new ArrayList<>();

    Reception(GatewayRoom room, Exits exits, CommandCounter counter) {
        this.room = room;
        this.exits = exits;
        this.counter = counter;
        this.resumeTokens = new ResumeTokens(room.spec.resumeKey());
    }

    void hello(ClientSession session, Hello hello, long nowNanos) {
        if (!ProtocolVersion.accepts(hello.major())) {
            exits.fail(
                    session,
                    ErrorCode.VERSION_MISMATCH,
                    "this server speaks protocol " + ProtocolVersion.MAJOR + "." + ProtocolVersion.MINOR
                            + ", the client " + hello.major() + "." + hello.minor() + "; update the older one");
            return;
        }
        TokenCheck.Refused nobody = session.identify(hello.token());
        if (nobody != null) {
            exits.fail(session, nobody.reason().error(), nobody.detail());
            return;
        }
        if (room.umpire.refuses(session, exits, nowNanos)) {
            return;
        }
        WorldMirror world = room.world(hello.world());
        if (world == null) {
            exits.fail(session, ErrorCode.UNKNOWN_WORLD, "there is no such world here; GET /api/v1/worlds lists them");
            return;
        }
        String name = hello.name().isEmpty() ? session.facts.verified().name() : hello.name();
        if (!PlayerName.valid(name)) {
            exits.fail(
                    session,
                    ErrorCode.INVALID_NAME,
                    "a name is 1 to " + PlayerName.LENGTH_MAX + " visible characters, without spaces at its ends");
            return;
        }
        if (!hello.resumeToken().isEmpty()) {
            Check check = resumeTokens.check(hello.resumeToken(), session.character());
            if (check == Check.FOREIGN) {
                exits.fail(session, ErrorCode.RESUME_REFUSED, "this resume token belongs to another character");
                return;
            }
            if (check == Check.UNKNOWN) {
                exits.complain(session, ErrorCode.RESUME_REFUSED, "the resume token is not known; joining anew", 0, 0);
            }
            session.resumed = check == Check.GENUINE;
        }
        session.minor = hello.minor();
        session.world = world;
        session.name = name;
        session.state = SessionState.ADMITTING;
        enlist(session, nowNanos);
        admit(session);
    }

    private void enlist(ClientSession session, long nowNanos) {
        session.deadlineNanos = nowNanos + room.settings.timeouts().join().toNanos();
        if (!session.onTheWay) {
            session.onTheWay = true;
            onTheWay.add(session);
        }
    }

    /** The cell of a playing session is lost, or started anew: find the avatar again. The client sees nothing of it yet. */
    void rejoin(ClientSession session, long nowNanos) {
        if (session.state == SessionState.PLAYING) {
            room.meters.rejoins.one();
            session.state = SessionState.REJOINING;
            enlist(session, nowNanos);
        }
        admit(session);
    }

    private void admit(ClientSession session) {
        session.attempt++;
        session.join = null;
        session.joinTaken = false;
        session.retryAtNanos = ClientSession.NEVER;
        if (session.state == SessionState.JOINING) {
            session.state = SessionState.ADMITTING;
        }
        room.ports
                .admissions()
                .admit(
                        new Admissions.Request(
                                session.id.value(),
                                session.attempt,
                                session.character(),
                                session.home().view().world(),
                                session.name,
                                session.resumed,
                                session.state == SessionState.REJOINING ? session.generation : 0),
                        room.inbox);
    }

    private void admitLater(ClientSession session, long nowNanos, long waitNanos) {
        session.attempt++; // answers to the attempt that failed no longer count
        session.join = null;
        session.joinTaken = false;
        session.retryAtNanos = nowNanos + waitNanos;
    }

    void answered(AdmissionAnswer answer, long nowNanos) {
        ClientSession session = room.sessions.get(answer.session());
        if (session != null && answer instanceof Admitted admitted) {
            session.generation = Math.max(session.generation, admitted.generation()); // also when it is needed no more
        }
        if (session == null || !entering(session) || session.attempt != answer.attempt() || session.join != null) {
            return;
        }
        switch (answer) {
            case Admitted admitted -> admitted(session, admitted, nowNanos);
            case Refused refused -> refused(session, refused, nowNanos);
        }
    }

    private void admitted(ClientSession session, Admitted admitted, long nowNanos) {
        CellMirror cell = room.cellOf(session.home(), admitted.cell());
        if (cell == null) {
            exits.fail(session, ErrorCode.INTERNAL, "the server sent you to " + admitted.cell() + ", which is nowhere");
            return;
        }
        session.cell = cell;
        session.epoch = admitted.epoch();
        session.join = new CellInput.Join(
                session.id.value(),
                room.number,
                session.character(),
                admitted.generation(),
                session.name,
                admitted.avatar(),
                admitted.x(),
                admitted.y(),
                session.facts.verified().ackedSeq());
        if (session.state == SessionState.ADMITTING) {
            session.state = SessionState.JOINING;
        }
        offerJoin(session, cell, session.join, nowNanos);
    }

    private void refused(ClientSession session, Refused refused, long nowNanos) {
        switch (refused.reason()) {
            case WORLD_FULL ->
                exits.fail(session, ErrorCode.SERVER_FULL, "this world is full", refused.retryAfterMillis());
            // Perhaps a store that was away has let this very session in: who is told to come again finds out.
            case SUPERSEDED ->
                exits.fail(
                        session,
                        ErrorCode.INTERNAL,
                        "your character was let in again, perhaps elsewhere; join again",
                        RETRY_ADVICE_MILLIS);
            case UNAVAILABLE ->
                admitLater(session, nowNanos, Math.max(AWAY_RETRY_NANOS, refused.retryAfterMillis() * NANOS_PER_MILLI));
        }
    }

    private void offerJoin(ClientSession session, CellMirror cell, CellInput.Join join, long nowNanos) {
        Admission admission = room.ports.cells().offer(cell.id, session.epoch, join);
        switch (admission) {
            case ACCEPTED -> {
                session.joinTaken = true;
                session.retryAtNanos = nowNanos + ANSWER_NANOS;
            }
            case FULL -> session.retryAtNanos = nowNanos + FULL_RETRY_NANOS;
            case STALE_EPOCH, SEALED, UNKNOWN -> admitLater(session, nowNanos, AWAY_RETRY_NANOS);
        }
    }

    void joinRefused(JoinRefused refused, long nowNanos) {
        ClientSession session = room.sessions.get(refused.session());
        if (session == null || !entering(session) || !session.joinTaken) {
            return;
        }
        switch (refused.reason()) {
            case SUPERSEDED -> replaced(session);
            case IN_TRANSIT -> admitLater(session, nowNanos, AWAY_RETRY_NANOS);
            case FULL ->
                exits.fail(session, ErrorCode.SERVER_FULL, "this place of the world is full", RETRY_ADVICE_MILLIS);
        }
    }

    void replaced(ClientSession session) {
        exits.fail(session, ErrorCode.SESSION_REPLACED, "your character plays on from another connection");
    }

    void joined(Joined joined, long nowNanos) {
        ClientSession session = room.sessions.get(joined.session());
        if (session == null) {
            leaveUnknown(joined.session(), joined.cell());
            return;
        }
        if (!entering(session)) {
            return;
        }
        CellMirror cell = room.cellOf(session.home(), joined.cell());
        if (cell == null) {
            exits.fail(session, ErrorCode.INTERNAL, "your avatar is in " + joined.cell() + ", which is nowhere");
            return;
        }
        if (joined.epoch() < cell.epoch()) {
            return; // of an owner that does not know yet that it was replaced
        }
        boolean first = session.state != SessionState.REJOINING;
        place(session, cell, joined.epoch(), joined.avatar(), joined.ownership(), nowNanos);
        session.fresh = true;
        if (first) {
            session.lane.start(joined.ackedSeq());
            session.inputPace = new RateBucket(
                    session.home().view().simulationHz() * INPUTS_PER_TICK_MAX,
                    room.settings.messages().unackedInputsMax(),
                    nowNanos);
            session.fairPace = new RateBucket(
                    session.home().view().simulationHz() * INPUTS_PER_TICK_MAX,
                    session.home().view().simulationHz() * FAIR_BURST_SECONDS,
                    nowNanos);
            session.home().playerCount.incrementAndGet();
            exits.send(session, welcome(session));
        } else {
            session.lane.resume(joined.ackedSeq());
        }
        tellWhere(session, cell);
        flushInputs(session);
        room.ports.listener().joined(session.id, session.facts, session.name, cell.id, session.avatar);
        if (first) {
            counter.welcomed(session);
        }
    }

    /** The avatar changed cells; everything that the old one did not apply goes to the new one. */
    void moved(Moved moved, long nowNanos) {
        ClientSession session = room.sessions.get(moved.session());
        if (session == null) {
            leaveUnknown(moved.session(), moved.to());
            return;
        }
        if (!session.welcomed() || moved.ownership() <= session.ownership) {
            return;
        }
        CellMirror cell = room.cellOf(session.home(), moved.to());
        if (cell == null) {
            return;
        }
        place(session, cell, moved.toEpoch(), moved.avatar(), moved.ownership(), nowNanos);
        session.lane.resume(moved.ackedSeq());
        tellWhere(session, cell);
        flushInputs(session);
    }

    private void place(ClientSession session, CellMirror cell, long epoch, long avatar, int ownership, long nowNanos) {
        session.attempt++;
        session.join = null;
        session.joinTaken = false;
        session.retryAtNanos = ClientSession.NEVER;
        session.deadlineNanos = ClientSession.NEVER;
        session.framedAtNanos = nowNanos;
        session.cell = cell;
        // A cell that hands over does not know its neighbour's epoch: then it is the one we have heard, or the first
        // that frames tell.
        session.epoch = epoch == CellPort.ANY_EPOCH ? cell.epoch() : epoch;
        session.avatar = avatar;
        session.ownership = ownership;
        session.state = SessionState.PLAYING;
    }

    private Welcome welcome(ClientSession session) {
        WorldMirror world = session.home();
        WorldView view = world.view();
        return new Welcome(
                ProtocolVersion.MAJOR,
                ProtocolVersion.MINOR,
                room.spec.serverVersion(),
                session.id.value(),
                resumeTokens.issue(session.id.value(), session.character()),
                view.world().name(),
                view.partition().describe(),
                (float) view.chunkMetres(),
                view.simulationHz(),
                view.snapshotHz(),
                (float) room.settings.interest().radiusMetres(),
                world.schemaBytes(),
                session.lane.acked() + 1);
    }

    private void tellWhere(ClientSession session, CellMirror cell) {
        exits.send(
                session,
                new ServerInfo(
                        cell.id.toString(),
                        cell.id.region().a(),
                        cell.id.region().b(),
                        cell.id.layer(),
                        session.epoch,
                        session.avatar));
    }

    /** Hands over what the lane holds, as far as the avatar's cell takes it. */
    void flushInputs(ClientSession session) {
        CellMirror cell = session.cell;
        if (session.state == SessionState.PLAYING && cell != null && session.lane.waitingCount() > 0) {
            room.meters.inputsForwarded.add(session.lane.flush(room.ports.cells(), cell.id, session.epoch));
        }
    }

    /** A cell speaks of a session that is not here: its Leave was lost. */
    void leaveUnknown(long session, CellId id) {
        WorldMirror world = room.world(id.world());
        CellMirror cell = world == null ? null : world.cell(id);
        if (cell != null) {
            exits.leave(cell, session);
        }
    }

    /** Retries and join deadlines. */
    void onTimer(long nowNanos) {
        int count = onTheWay.size();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            ClientSession session = onTheWay.get(i);
            try {
                if (entering(session)) {
                    check(session, nowNanos);
                }
            } catch (RuntimeException e) {
                exits.bug(session, e);
            }
            session.onTheWay = entering(session);
            if (session.onTheWay) {
                onTheWay.set(kept++, session);
            }
        }
        onTheWay.subList(kept, count).clear();
    }

    private void check(ClientSession session, long nowNanos) {
        if (nowNanos >= session.deadlineNanos) {
            exits.fail(
                    session,
                    ErrorCode.INTERNAL,
                    "the world did not let you in in time; try again",
                    RETRY_ADVICE_MILLIS);
        } else if (nowNanos >= session.retryAtNanos) {
            CellMirror cell = session.cell;
            CellInput.Join join = session.join;
            if (join != null && cell != null && !session.joinTaken) {
                offerJoin(session, cell, join, nowNanos);
            } else {
                admit(session);
            }
        }
    }

    /** A cell began anew, or goes on elsewhere: who lived there, or knocked, has to ask again, but for those whom it still knows. */
    void cellUp(ClientSession session, CellMirror cell, CellUp up, long nowNanos) {
        if (session.cell != cell || session.epoch >= up.epoch()) {
            return;
        }
        if (session.state == SessionState.PLAYING && up.goesOn()) {
            goOn(session, cell, up.epoch(), nowNanos);
        } else if (session.state == SessionState.PLAYING) {
            rejoin(session, nowNanos);
        } else if (entering(session) && session.joinTaken) {
            admit(session);
        }
    }

    /** The copy may lack the last ticks of the former owner, whose frames were sent before it had them: inputs that those acknowledged are handed over again. */
    private void goOn(ClientSession session, CellMirror cell, long epoch, long nowNanos) {
        long silenceNanos =
                session.home().dilated(room.settings.timeouts().silentCell().toNanos());
        session.framedAtNanos = nowNanos - Math.max(0, silenceNanos - GOES_ON_NANOS);
        session.epoch = epoch;
        session.lane.repeat();
        tellWhere(session, cell);
        flushInputs(session);
    }

    /** What was on its way to the cell may be lost, and its answers, too. */
    void wayMended(ClientSession session, CellMirror cell) {
        if (session.cell != cell) {
            return;
        }
        if (session.state == SessionState.PLAYING) {
            session.lane.again();
            flushInputs(session);
        } else if (entering(session) && session.joinTaken) {
            admit(session);
        }
    }

    /** Cells have forgotten this gateway's sessions, and answer to its new number. */
    void numbered(ClientSession session, long nowNanos) {
        if (session.state == SessionState.PLAYING) {
            rejoin(session, nowNanos);
        } else if (entering(session) && session.join != null) {
            admit(session);
        }
    }

    private static boolean entering(ClientSession session) {
        return switch (session.state) {
            case ADMITTING, JOINING, REJOINING -> true;
            case AWAIT_HELLO, PLAYING, CLOSED -> false;
        };
    }
}
