package dev.terrane.gateway;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.SnapshotBody;
import dev.terrane.protocol.client.SnapshotHead;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Deals a cell's frame out to the sessions whose avatars it lists.
 *
 * <pre>
 *   each avatar: is it ours, where does it stand ─► each viewpoint: build the company's body once ─► each session: head + body, or alone
 * </pre>
 *
 * <p>A company's keyframes go out slice by slice, spread over the interval, inside the shared bytes.
 */
final class FrameDealer {
    /** Shared bodies from this size on are sent from where they are; shorter ones are cheaper to copy behind each head. */
    static final int GATHER_BYTES_MIN = 1024;

    private final GatewayRoom room;
    private final Exits exits;
    private final Reception reception;
    private final FrameMeters meters;
    private final FrameBuilder builder;
    private final GatewaySettings.Snapshots limits;
    private final BodyArena arena = new BodyArena();
    private final OwnPart ownPart;
    private final GroupPart groupPart;
    private final SnapshotBody body = new SnapshotBody();
    private final @Nullable SliceMirror[] important = new SliceMirror[Company.HIGHLIGHT_COUNT_MAX];

    private @Nullable Viewpoint[] viewpoints = new Viewpoint[64];
    private int viewpointCount;
    private long dealt;

    FrameDealer(GatewayRoom room, Exits exits, Reception reception, FrameMeters meters) {
        this.room = room;
        this.exits = exits;
        this.reception = reception;
        this.meters = meters;
        this.builder = new FrameBuilder(meters);
        this.ownPart = new OwnPart(meters);
        this.limits = room.settings.snapshots();
        this.groupPart = new GroupPart(limits, meters);
    }

    void deal(CellFrame frame, WorldMirror world, CellMirror cell, long nowNanos) {
        dealt++;
        for (int i = 0; i < frame.avatarCount(); i++) {
            ClientSession session = room.sessions.get(frame.session()[i]);
            if (session == null) {
                exits.leave(cell, frame.session()[i]);
                continue;
            }
            try {
                if (isTrue(session, cell, frame, i, nowNanos)) {
                    attend(session, world, frame, i, nowNanos);
                }
            } catch (RuntimeException e) {
                exits.bug(session, e);
            }
        }
        for (int i = 0; i < viewpointCount; i++) {
            Viewpoint viewpoint = viewpoints[i];
            if (viewpoint != null) {
                prepareOrClose(viewpoint, world, frame);
                sendAll(viewpoint.company, frame);
            }
        }
        end();
    }

    /** Each is flushed at once, while what it gets is still in the processor's caches. */
    private void sendAll(Company company, CellFrame frame) {
        // Backwards: whoever fails is gone, and the last member takes its place.
        for (int i = company.memberCount() - 1; i >= 0; i--) {
            ClientSession session = company.member(i);
            if (session.dealt != dealt || session.closed()) {
                continue;
            }
            try {
                send(session, frame, session.dealtPlace);
                session.link.flush();
            } catch (RuntimeException e) {
                exits.bug(session, e);
            }
        }
        if (company.shared != null) {
            company.shared.release();
            company.shared = null;
        }
        arena.clear();
    }

    /** Whether this is what the session's avatar is now; the last word of an older copy is not. */
    private boolean isTrue(ClientSession session, CellMirror cell, CellFrame frame, int i, long nowNanos) {
        if (session.state != SessionState.PLAYING) {
            return false;
        }
        if (frame.ownership()[i] > session.ownership) {
            // The new cell's first frame overtook the old one's Moved. It may even be the old cell, by way of a third.
            reception.moved(
                    new CellOutput.Moved(
                            session.id.value(),
                            frame.cell(),
                            frame.cell(),
                            frame.epoch(),
                            frame.avatar()[i],
                            frame.ownership()[i],
                            frame.ackedSeq()[i]),
                    nowNanos);
        }
        if (session.cell == cell && session.epoch == CellPort.ANY_EPOCH) {
            session.epoch = frame.epoch();
        }
        return session.cell == cell && frame.epoch() == session.epoch && frame.ownership()[i] == session.ownership;
    }

    private void attend(ClientSession session, WorldMirror world, CellFrame frame, int i, long nowNanos) {
        session.framedAtNanos = nowNanos;
        session.margin.framed(frame.tick(), frame.ackedSeq()[i], nowNanos, world.tickNanos());
        session.lane.ack(frame.ackedSeq()[i]);
        session.lane.cellSpoke();
        reception.flushInputs(session);
        CellMirror cell = session.cell;
        if (session.closed() || cell == null) {
            return;
        }
        Viewpoint viewpoint = room.viewpoints.stand(session, world, cell, frame.x()[i], frame.y()[i]);
        Company company = viewpoint.company;
        if (company.dealt != dealt) {
            company.begin(dealt);
            add(viewpoint);
        }
        if (session.flow.clogged(session.link, nowNanos)) {
            meters.framesSkipped.one();
            company.fallOut(session);
            if (session.flow.halved()) {
                meters.budgetsHalved.one();
            }
            if (session.flow.cloggedNanos(nowNanos)
                    > room.settings.timeouts().slowClient().toNanos()) {
                exits.fail(session, ErrorCode.SLOW_CLIENT, "you read slower than the world moves");
            }
            return;
        }
        if (session.fresh) {
            company.fallOut(session).restart();
        }
        session.dealt = dealt;
        company.presentInStep += session.own == null ? 1 : 0;
        session.dealtPlace = i;
        for (int h = firstHighlight(frame, i); h < endOfHighlights(frame, i); h++) {
            SliceMirror slice = world.index().sliceOf(frame.highlights()[h]);
            if (slice != null) {
                company.highlight(slice);
            }
        }
    }

    private void add(Viewpoint viewpoint) {
        if (viewpointCount == viewpoints.length) {
            viewpoints = Arrays.copyOf(viewpoints, viewpointCount * 2);
        }
        viewpoints[viewpointCount++] = viewpoint;
    }

    private static int firstHighlight(CellFrame frame, int i) {
        return i == 0 || frame.highlightEnd().length == 0 ? 0 : frame.highlightEnd()[i - 1];
    }

    private static int endOfHighlights(CellFrame frame, int i) {
        return frame.highlightEnd().length == 0 ? 0 : frame.highlightEnd()[i];
    }

    private void prepareOrClose(Viewpoint viewpoint, WorldMirror world, CellFrame frame) {
        try {
            prepare(viewpoint, world, frame);
        } catch (RuntimeException e) {
            // What they all have is no longer known; the other companies go on.
            for (int i = viewpoint.company.memberCount() - 1; i >= 0; i--) {
                exits.bug(viewpoint.company.member(i), e);
            }
        }
    }

    /** Finds out who is in step, and builds what they get. */
    private void prepare(Viewpoint viewpoint, WorldMirror world, CellFrame frame) {
        Company company = viewpoint.company;
        if (company.memberCount() == 0) {
            return; // all of them were closed since
        }
        room.viewpoints.refresh(world, viewpoint);
        viewpoint.groups.refresh(viewpoint);
        if (company.inStepCount() > company.presentInStep) {
            for (int i = 0; i < company.memberCount(); i++) {
                if (company.member(i).dealt != dealt) {
                    company.fallOut(company.member(i)); // this frame is not for it: it stays where it is
                }
            }
        }
        for (int i = 0; i < company.memberCount() && company.inStepCount() == 0; i++) {
            ClientSession member = company.member(i);
            ViewState own = member.own;
            if (member.dealt == dealt && own != null && !member.flow.reduced()) {
                company.lead(member, own);
            }
        }
        company.turn++;
        if (company.inStepCount() > 0) {
            build(viewpoint, world, frame);
        }
    }

    private void build(Viewpoint viewpoint, WorldMirror world, CellFrame frame) {
        Company company = viewpoint.company;
        builder.aim(viewpoint, company.state(), null, frame.tick(), dueEnd(viewpoint, world));
        int bytesMax = limits.bytesMax() - OwnPart.BYTES_KEPT;
        ByteBuffer buffer = arena.reserve(bytesMax + builder.bytesBeyond());
        int start = buffer.position();
        company.forgotten.addAll(company.state().toForget());
        body.begin(buffer);
        builder.fill(body, buffer, start + bytesMax, limits.entitiesMax(), company.highlights, company.highlightCount);
        renewSome(viewpoint, world);
        company.bodyOffset = start;
        company.bodyLength = buffer.position() - company.bodyOffset;
        arena.keep();
        company.highlightsMissed |= !builder.complete() && company.highlightCount > 0;
        if (company.bodyLength >= GATHER_BYTES_MIN && company.presentInStep > 1) {
            SharedBytes shared = room.ports.bodies().make(company.bodyLength);
            arena.copy(company.bodyOffset, company.bodyLength, shared.buffer());
            shared.seal(company.bodyLength);
            company.shared = shared;
        }
        sampleAge(viewpoint, world, frame.tick());
    }

    /** Places before this one are of rings that are due now. */
    private static int dueEnd(Viewpoint viewpoint, WorldMirror world) {
        int ring = 0;
        while (ring + 1 < viewpoint.ringCount()
                && viewpoint.company.turn % periodOf(ring + 1, world.shedsFarRings()) == 0) {
            ring++;
        }
        return viewpoint.ringEnd(ring);
    }

    /** Snapshots from one sending of a ring to the next. */
    private static int periodOf(int ring, boolean shed) {
        return 1 << ring << (shed && ring > 0 ? 1 : 0);
    }

    /** As many keyframes as make one of every slice in the interval. */
    private void renewSome(Viewpoint viewpoint, WorldMirror world) {
        Company company = viewpoint.company;
        int count = viewpoint.sliceCount();
        int interval = limits.keyframeIntervalSeconds() * world.view().snapshotHz();
        company.keyframeCredit = Math.min(company.keyframeCredit + count, count * 4 + interval);
        while (count > 0 && company.keyframeCredit >= interval) {
            company.keyframePlace = company.keyframePlace < count ? company.keyframePlace : 0;
            if (!builder.renew(body, company.keyframePlace)) {
                return; // the next snapshot may have room
            }
            company.keyframePlace++;
            company.keyframeCredit -= interval;
        }
    }

    private void sampleAge(Viewpoint viewpoint, WorldMirror world, long tick) {
        if (viewpoint.sliceCount() == 0) {
            return;
        }
        ViewState state = viewpoint.company.state();
        int place = Math.floorMod((int) dealt + viewpoint.chunk, viewpoint.sliceCount());
        if (state.sent(place) == viewpoint.slice(place).seq()) {
            meters.sliceAgeTicks.record(0);
            return;
        }
        int since = state.since(place);
        int period = periodOf(viewpoint.ringOf(place), world.shedsFarRings());
        int perSnapshot = Math.max(1, world.view().simulationHz() / world.view().snapshotHz());
        long age = since != 0
                ? tick - since + (long) period * perSnapshot
                : (long) (viewpoint.company.turn % period) * perSnapshot;
        meters.sliceAgeTicks.record(age);
    }

    private void send(ClientSession session, CellFrame frame, int i) {
        Viewpoint viewpoint = session.viewpoint;
        if (viewpoint == null) {
            return;
        }
        int bytes;
        try {
            int groups = groupPart.aim(session, viewpoint, frame, i);
            if (session.own == null && !missesSomebody(session, viewpoint, frame, i)) {
                bytes = sendShared(session, viewpoint.company, frame, i, groups);
                meters.shared++;
            } else {
                bytes = sendAlone(session, viewpoint, frame, i, groups);
                meters.alone++;
            }
        } catch (RuntimeException e) {
            try {
                session.link.release(); // or the error could not be told
            } catch (IllegalStateException nothingClaimed) {
                e.addSuppressed(nothingClaimed);
            }
            throw e;
        }
        meters.bytes += bytes;
        if (session.traced) {
            String detail = "of tick " + frame.tick() + ", " + bytes + " bytes, inputs up to " + frame.ackedSeq()[i];
            room.ports.listener().traced(session.id, session.facts, "snapshot", detail);
        }
        session.fresh = false;
        session.flow.served();
    }

    /** Somebody who matters to this one did not fit into what the company gets. */
    private boolean missesSomebody(ClientSession session, Viewpoint viewpoint, CellFrame frame, int i) {
        if (!viewpoint.company.highlightsMissed) {
            return false;
        }
        ViewState state = viewpoint.company.state();
        int count = ownImportant(session, frame, i);
        for (int k = 0; k < count; k++) {
            SliceMirror slice = important[k];
            int place = slice == null ? -1 : viewpoint.placeOf(slice);
            if (place >= 0 && slice != null && state.sent(place) != slice.seq()) {
                return true;
            }
        }
        return false;
    }

    private int ownImportant(ClientSession session, CellFrame frame, int i) {
        int count = 0;
        for (int h = firstHighlight(frame, i); h < endOfHighlights(frame, i) && count < important.length; h++) {
            SliceMirror slice = session.home().index().sliceOf(frame.highlights()[h]);
            if (slice != null) {
                important[count++] = slice;
            }
        }
        return count;
    }

    private int sendShared(ClientSession session, Company company, CellFrame frame, int i, int groups) {
        SharedBytes shared = company.shared;
        int own = OwnPart.bytesMax(frame, i, limits.bytesMax() - company.bodyLength);
        ByteBuffer buffer = session.link.claim(own + groups + (shared == null ? company.bodyLength : 0));
        int start = buffer.position();
        buffer.limit(start + own);
        ownPart.write(session, buffer, frame, i);
        groupPart.write(buffer);
        if (shared == null) {
            buffer.limit(buffer.position() + company.bodyLength);
            arena.copy(company.bodyOffset, company.bodyLength, buffer);
            int bytes = buffer.position() - start;
            session.link.commit(bytes);
            return bytes;
        }
        int headBytes = buffer.position() - start;
        session.link.commit(headBytes, shared);
        return headBytes + company.bodyLength;
    }

    private int sendAlone(ClientSession session, Viewpoint viewpoint, CellFrame frame, int i, int groups) {
        Company company = viewpoint.company;
        int shared = session.own == null ? company.bodyLength : 0;
        ViewState own = company.fallOut(session);
        ViewState leader = company.inStepCount() > 0 || shared > 0 ? company.state() : null;
        int slicesMax = session.flow.reduce(limits.bytesMax());
        builder.aim(viewpoint, own, leader, frame.tick(), dueEnd(viewpoint, session.home()));
        int room = OwnPart.bytesMax(frame, i, slicesMax) + groups + slicesMax + shared + builder.bytesBeyond();
        ByteBuffer buffer = session.link.claim(room);
        int start = buffer.position();
        buffer.limit(start + OwnPart.bytesMax(frame, i, slicesMax));
        ownPart.write(session, buffer, frame, i);
        groupPart.write(buffer);
        if (shared > 0) {
            buffer.limit(buffer.position() + shared);
            arena.copy(company.bodyOffset, shared, buffer);
        }
        int importantCount = ownImportant(session, frame, i);
        int limit = Math.max(buffer.position(), start + SnapshotHead.BYTES_MAX + slicesMax);
        builder.fill(
                body.begin(buffer),
                buffer,
                limit,
                session.flow.reduce(limits.entitiesMax()),
                important,
                importantCount);
        int bytes = buffer.position() - start;
        session.link.commit(bytes);
        if (leader != null && builder.complete() && !session.flow.reduced() && own.inStepWith(leader)) {
            company.fallIn(session);
        }
        return bytes;
    }

    private void end() {
        Arrays.fill(viewpoints, 0, viewpointCount, null);
        Arrays.fill(important, null);
        viewpointCount = 0;
        meters.tell();
    }
}
