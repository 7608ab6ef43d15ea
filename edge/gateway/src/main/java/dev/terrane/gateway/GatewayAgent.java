package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.SessionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Deals what arrives out to those who know what to do with it, and keeps the deadlines. */
final class GatewayAgent implements Gateway, SessionListing {
    /** Messages of one drain, where a frame counts once for each avatar: more wait for the next, so that clients are heard in between. */
    private static final int DRAIN_COUNT_MAX = 4_096;
    /** Messages that are looked through for frames before the first of them is heard. */
    private static final int GATHERED_COUNT_MAX = 1_024;
    /** So many newer frames of a cell make one late, if dealing them all out is work for more avatars than the next line says; fewer are jitter. */
    private static final int LATE_FRAMES_MIN = 4;

    private static final int LATE_AVATARS_MIN = 256;
    /** So many, about a second's, make one late however little work they are. Once late, all wait for the newest. */
    private static final int LATE_FRAMES_MAX = 20;
    /** Frames of a cell that are left out in a row while the gateway is late: the slices' chains of changes reach that far. */
    private static final int SKIPPED_FRAMES_MAX = SliceMirror.DELTA_COUNT_MAX - 1;

    /**
     * Each call of the timer looks at one share of the sessions, so that each is looked at every 0.4 s: small beside all deadlines that are kept there, of which the
     * shortest by default is 2 s. Whoever is on the way in is looked at by every call.
     */
    static final int SHARE_COUNT = 8;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final GatewayRoom room;
    private final MirrorMeters mirrorMeters;
    private final Exits exits;
    private final CommandCounter counter;
    private final Reception reception;
    private final Conversation conversation;
    private final FrameDealer frames;
    private final ByteReader reader = new ByteReader(new byte[0]);
    /** Polled and not heard yet. */
    private final ArrayDeque<Object> gathered = new ArrayDeque<>();

    private final AtomicInteger sessionCount = new AtomicInteger();
    private int share;
    private boolean stopping;

    GatewayAgent(GatewaySpec spec, GatewayPorts ports, GatewayInbox inbox) {
        mirrorMeters = new MirrorMeters(ports.meters());
        room = new GatewayRoom(spec, ports, inbox, mirrorMeters);
        exits = new Exits(room);
        counter = new CommandCounter(room, exits);
        reception = new Reception(room, exits, counter);
        conversation = new Conversation(room, exits, reception, counter);
        frames = new FrameDealer(room, exits, reception, new FrameMeters(ports.meters()));
        String number = String.valueOf(GatewayNumbers.local(spec.number()));
        ports.meters().gauge("ws_sessions", sessionCount::get, "gateway", number);
        ports.meters().gauge("gateway_inbox_messages", inbox::size, "gateway", number);
        for (WorldMirror world : room.worlds) {
            String name = world.view().world().name();
            ports.meters()
                    .gauge("gateway_dilation_percent", world.dilationPercent::get, "gateway", number, "world", name);
        }
    }

    @Override
    public Session open(ClientLink link, ConnectionFacts facts, long nowNanos) {
        return open(link, facts, null, nowNanos);
    }

    @Override
    public Session open(ClientLink link, String ip, TokenGate gate, long nowNanos) {
        return open(link, new ConnectionFacts(ip, null), gate, nowNanos);
    }

    private Session open(ClientLink link, ConnectionFacts facts, @Nullable TokenGate gate, long nowNanos) {
        GatewaySettings settings = room.settings;
        long id = newId();
        ClientSession session = new ClientSession(
                new SessionId(id),
                link,
                facts,
                new RateBucket(
                        settings.messages().ratePerSecond(), settings.messages().burst(), nowNanos),
                new InputLane(settings.messages().unackedInputsMax()));
        session.gate = gate;
        session.heardAtNanos = nowNanos;
        session.deadlineNanos = nowNanos + settings.timeouts().hello().toNanos();
        room.sessions.put(id, session);
        sessionCount.setRelease(room.sessions.size());
        room.meters.opened.one();
        if (stopping) {
            exits.fail(session, ErrorCode.SHUTTING_DOWN, "the server stops");
            spoke();
        }
        return session;
    }

    private long newId() {
        long id = room.ports.sessionIds().getAsLong();
        while (id == 0 || room.sessions.get(id) != null) {
            id = room.ports.sessionIds().getAsLong();
        }
        return id;
    }

    @Override
    public void onMessage(Session session, ByteBuffer message, long nowNanos) {
        ClientSession own = (ClientSession) session;
        if (own.closed()) {
            return;
        }
        try {
            conversation.heard(own, message, nowNanos);
        } catch (RuntimeException e) {
            exits.bug(own, e);
        }
        spoke();
    }

    @Override
    public boolean spend(Session session, long nowNanos) {
        ClientSession own = (ClientSession) session;
        if (own.closed()) {
            return false;
        }
        boolean paid = conversation.spends(own, nowNanos);
        if (!paid) {
            spoke();
        }
        return paid;
    }

    /** The end of everything that may have said something to clients. */
    private void spoke() {
        room.touched.flush();
        room.ports.cells().flush();
        sessionCount.setRelease(room.sessions.size());
    }

    @Override
    public void reject(Session session, ErrorCode error, String message) {
        exits.fail((ClientSession) session, error, message);
        spoke();
    }

    @Override
    public void onClosed(Session session) {
        exits.gone((ClientSession) session);
        sessionCount.setRelease(room.sessions.size());
    }

    @Override
    public GatewayInbox inbox() {
        return room.inbox;
    }

    @Override
    public int drain(long nowNanos) {
        room.inbox.beginDrain();
        int taken = 0;
        Object message;
        boolean emptied = false;
        try {
            while (taken < DRAIN_COUNT_MAX && (message = next(nowNanos)) != null) {
                taken += message instanceof CellFrame frame ? 1 + frame.avatarCount() : 1;
                switch (message) {
                    case CellOutput output -> heard(output, nowNanos);
                    case AdmissionAnswer answer -> reception.answered(answer, nowNanos);
                    case LaneOutput result -> counter.heard(result);
                    case NodeNews news -> heard(news, nowNanos);
                    default -> throw new IllegalStateException("nobody can put a " + message.getClass() + " here");
                }
            }
            emptied = taken < DRAIN_COUNT_MAX;
        } finally {
            if (!emptied) {
                room.inbox.wake(); // also after a bug: the others' messages must not wait for the next one
            }
            tellCells(nowNanos);
            spoke();
        }
        return taken;
    }

    private @Nullable Object next(long nowNanos) {
        if (gathered.isEmpty()) {
            gather(nowNanos);
        }
        return gathered.poll();
    }

    /**
     * Takes in what all cells have to show of a tick before any of it is dealt out: who stands at a border gets both sides as of the same tick, if both cells stand with
     * one worker. No later tick is taken in with an earlier one, or it would be shown as that; and nothing beyond the word that a cell has begun anew.
     */
    private void gather(long nowNanos) {
        long tickMax = Long.MAX_VALUE;
        Object message;
        while (gathered.size() < GATHERED_COUNT_MAX && (message = room.inbox.peek()) != null) {
            boolean isFrame = message instanceof CellFrame;
            boolean isUp = message instanceof CellOutput.CellUp;
            if ((isUp && !gathered.isEmpty()) || (isFrame && ((CellFrame) message).tick() > tickMax)) {
                return;
            }
            CellMirror cell = message instanceof CellFrame frame ? mirrorOf(frame) : null;
            if (cell != null && cell.takenIn != null) {
                return;
            }
            gathered.add(message);
            room.inbox.poll();
            if (isUp) {
                return;
            }
            if (message instanceof CellFrame frame) {
                tickMax = Math.min(tickMax, frame.tick());
                if (cell != null && cell.apply(frame, reader, nowNanos)) {
                    cell.takenIn = frame;
                }
            }
        }
    }

    private @Nullable CellMirror mirrorOf(CellFrame frame) {
        WorldMirror world = room.world(frame.cell().world());
        return world == null ? null : world.cell(frame.cell());
    }

    private void heard(CellOutput output, long nowNanos) {
        switch (output) {
            case CellFrame frame -> frame(frame, nowNanos);
            case CellOutput.Joined joined -> reception.joined(joined, nowNanos);
            case CellOutput.JoinRefused refused -> reception.joinRefused(refused, nowNanos);
            case CellOutput.Moved moved -> reception.moved(moved, nowNanos);
            case CellOutput.SessionEnded ended -> ended(ended);
            case CellOutput.ToClient toClient -> toClient(toClient);
            case CellOutput.Offended offended -> room.umpire.heard(offended, exits, nowNanos);
            case CellOutput.CellUp up -> up(up, nowNanos);
            case CellOutput.Layers layers -> layers(layers);
            case CellOutput.Pace pace -> {
                WorldMirror world = room.world(pace.world());
                if (world != null) {
                    world.setPace(pace.dilation(), pace.shed());
                }
            }
        }
    }

    private void heard(NodeNews news, long nowNanos) {
        switch (news) {
            case NodeNews.Numbered(int number) -> numbered(number, nowNanos);
            case NodeNews.WayMended mended -> mended(mended, nowNanos);
        }
    }

    private void numbered(int number, long nowNanos) {
        if (number == room.number) {
            return;
        }
        room.number = number;
        for (WorldMirror world : room.worlds) {
            world.cells().forEach(CellMirror::tellAllAnew);
        }
        room.sessions.forEach(session -> reception.numbered(session, nowNanos));
    }

    private void mended(NodeNews.WayMended news, long nowNanos) {
        news.heard().run();
        for (CellId id : news.cells()) {
            WorldMirror world = room.world(id.world());
            CellMirror cell = world == null ? null : world.cell(id);
            if (cell != null) {
                cell.wayMended(nowNanos);
                room.sessions.forEach(session -> reception.wayMended(session, cell));
            }
        }
    }

    private void layers(CellOutput.Layers layers) {
        WorldMirror world = room.world(layers.world());
        if (world != null && world.setLayers(layers.region(), layers.layers())) {
            room.viewpoints.lookAgain(world);
        }
    }

    private void frame(CellFrame frame, long nowNanos) {
        WorldMirror world = room.world(frame.cell().world());
        CellMirror cell = world == null ? null : world.cell(frame.cell());
        if (world != null && cell == null && bringsOurs(frame)) {
            cell = room.cellOf(world, frame.cell()); // it overtook the word that there is such a layer
        }
        if (world == null || cell == null || !(isTakenIn(frame, cell) || cell.apply(frame, reader, nowNanos))) {
            mirrorMeters.staleFrames.one();
            return;
        }
        if (late(frame, cell)) {
            cell.skippedFrames++;
            mirrorMeters.lateFrames.one();
        } else {
            cell.skippedFrames = 0;
            frames.deal(frame, world, cell, nowNanos);
        }
    }

    private static boolean isTakenIn(CellFrame frame, CellMirror cell) {
        if (cell.takenIn != frame) {
            return false;
        }
        cell.takenIn = null;
        return frame.epoch() == cell.epoch();
    }

    /**
     * Many newer frames are here already: clients are told of all of them at once, until the gateway has caught up. What only this frame says to somebody is
     * never left out.
     */
    private boolean late(CellFrame frame, CellMirror cell) {
        int waiting = room.inbox.waitingFrames(cell.id);
        boolean muchWork = waiting >= LATE_FRAMES_MIN && waiting * frame.avatarCount() >= LATE_AVATARS_MIN;
        cell.late = muchWork || waiting >= LATE_FRAMES_MAX || (cell.late && waiting > 0);
        if (!cell.late || cell.skippedFrames >= SKIPPED_FRAMES_MAX) {
            return false;
        }
        for (int i = 0; i < frame.avatarCount(); i++) {
            if (frame.eventsLength()[i] > 0) {
                return false;
            }
        }
        return true;
    }

    /** An avatar of ours has come there; of a layer that is gone the counters are old. */
    private boolean bringsOurs(CellFrame frame) {
        for (int i = 0; i < frame.avatarCount(); i++) {
            ClientSession session = room.sessions.get(frame.session()[i]);
            if (session != null && session.welcomed() && frame.ownership()[i] > session.ownership) {
                return true;
            }
        }
        return false;
    }

    private void ended(CellOutput.SessionEnded ended) {
        ClientSession session = room.sessions.get(ended.session());
        if (session == null) {
            return;
        }
        switch (ended.reason()) {
            case REPLACED -> reception.replaced(session);
            case LOGGED_OUT, AVATAR_LOST ->
                exits.fail(session, ErrorCode.INTERNAL, "your avatar is gone; join again", 1_000);
        }
    }

    private void toClient(CellOutput.ToClient message) {
        ClientSession session = room.sessions.get(message.session());
        if (session == null || !session.welcomed()) {
            return;
        }
        if (message.type() == 0) {
            exits.complain(
                    session, ErrorCode.UNKNOWN_MESSAGE, "the game knows no such message", 0, message.requestId());
        } else {
            exits.send(session, new GameMessage(message.type(), message.requestId(), message.payload()));
        }
    }

    private void up(CellOutput.CellUp up, long nowNanos) {
        WorldMirror world = room.world(up.cell().world());
        CellMirror cell = world == null ? null : world.cell(up.cell());
        if (cell != null) {
            cell.up(up.epoch(), nowNanos);
            room.sessions.forEach(session -> reception.cellUp(session, cell, up, nowNanos));
        }
    }

    @Override
    public void onTimer(long nowNanos, long epochMillis) {
        conversation.setTime(nowNanos, epochMillis);
        room.timed(nowNanos);
        share = (share + 1) % SHARE_COUNT;
        room.sessions.forEachOfShare(share, SHARE_COUNT, session -> {
            try {
                check(session, nowNanos);
            } catch (RuntimeException e) {
                exits.bug(session, e);
            }
        });
        reception.onTimer(nowNanos);
        counter.onTimer();
        exits.retryLeaves();
        for (WorldMirror world : room.worlds) {
            for (CellMirror cell : world.cells()) {
                cell.onTimer(
                        nowNanos,
                        world.dilated(room.settings.timeouts().silentCell().toNanos()));
            }
        }
        tellCells(nowNanos);
        spoke();
    }

    private void check(ClientSession session, long nowNanos) {
        GatewaySettings.Timeouts timeouts = room.settings.timeouts();
        if (session.closed()) {
            return;
        }
        session.traced = session.facts.token() != null && room.ports.listener().traces(session.id, session.facts);
        if (nowNanos - session.heardAtNanos > timeouts.idle().toNanos()) {
            exits.fail(
                    session,
                    ErrorCode.IDLE_TIMEOUT,
                    "nothing was heard from you for " + timeouts.idle().toNanos() / NANOS_PER_SECOND + " s; send Ping");
            return;
        }
        switch (session.state) {
            case AWAIT_HELLO -> {
                if (nowNanos >= session.deadlineNanos) {
                    exits.fail(session, ErrorCode.HELLO_EXPECTED, "Hello did not come in time");
                }
            }
            case ADMITTING, JOINING, REJOINING -> {} // by Reception, more often
            case PLAYING -> {
                reception.flushInputs(session);
                if (nowNanos - session.framedAtNanos
                        > session.home().dilated(timeouts.silentCell().toNanos())) {
                    reception.rejoin(session, nowNanos);
                }
            }
            case CLOSED -> {}
        }
    }

    private void tellCells(long nowNanos) {
        boolean anyLost = room.inbox.lostMessage();
        for (WorldMirror world : room.worlds) {
            for (CellMirror cell : world.cells()) {
                if (room.inbox.lostFrameOf(cell.id) || anyLost) {
                    cell.frameLost(nowNanos);
                }
                cell.flush(room.ports.cells(), room.number, nowNanos);
            }
        }
    }

    @Override
    public void shutDown() {
        stopping = true;
        room.sessions.forEach(session -> exits.fail(session, ErrorCode.SHUTTING_DOWN, "the server stops"));
        for (WorldMirror world : room.worlds) {
            for (CellMirror cell : world.cells()) {
                room.ports.cells().offer(cell.id, CellPort.ANY_EPOCH, new CellInput.GatewayGone(room.number));
            }
        }
        spoke();
    }

    /** Chunks in the mirror. */
    int watchedCount() {
        int count = 0;
        for (WorldMirror world : room.worlds) {
            count += world.watchedCount();
        }
        return count;
    }

    /** Chunks in view, each as often as there are viewpoints that see it. */
    int seenCount() {
        return room.viewpoints.seenCount();
    }

    @Override
    public SessionListing sessions() {
        return this;
    }

    @Override
    public int sessionCount() {
        return sessionCount.get();
    }

    @Override
    public int playerCount(WorldId id) {
        @Nullable WorldMirror world = room.world(id);
        return world == null ? 0 : world.playerCount.get();
    }
}
