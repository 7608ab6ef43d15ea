package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.LongLongMap;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.plugin.WorldContext.AreaIntentHandler;
import dev.terrane.plugin.WorldContext.IntentHandler;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.IntentAck;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.CellInput.PeerContinues;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Intent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Intents of this cell and for it.
 *
 * <pre>
 *   intend ─┬─► own ──────────────────────────────┬─► queue ─► carryOut ─► handler
 *           └─► link ─flush─► inbox ─► arrived ───┘                └─► target has left: link
 * </pre>
 *
 * <p>In order from each cell: one that has to wait, because its target arrives only at the end of this tick or its hand-off was lost and comes again, holds back what is behind
 * it. What was sent in tick n is carried out in n + 1 at the earliest, whichever cell ticks first.
 */
final class IntentDesk {
    /** Intents carried out in one tick; the rest waits for the next. */
    static final int CARRIED_OUT_PER_TICK_MAX = 65_536;
    /** Intents for entities of this cell that may wait for their turn. */
    static final int OWN_WAITING_COUNT_MAX = 65_536;
    /** With more than this to do, batches of other cells are refused; what their links can hold may still come on top. */
    static final int WAITING_COUNT_MAX = 65_536;

    /** How long an intent waits for a hand-off that went before it and has not come: many repetitions of that. Everything behind it waits, too. */
    static final int AWAITED_TICKS_MAX = 100;

    /** An entity that left so short a while ago is known better by its departure than by its ghost. */
    private static final int GHOST_LAG_TICKS = 4;

    private static final Comparator<IntentBatch> BY_SOURCE_AND_SEQ = Comparator.comparing(IntentBatch::source)
            .thenComparingLong(IntentBatch::sourceEpoch)
            .thenComparingLong(IntentBatch::seq);

    private final Body body;
    private final CellId self;
    private final double originX;
    private final double originY;
    private final IntentMarks marks;
    private final IntentMeters meters;
    private final IntentLinks links;
    private final AreaReach reach;
    private final Departures departures = new Departures();
    private final List<IntentBatch> arrived = new ArrayList<>();
    private final List<Intent> own = new ArrayList<>();
    private final IntentQueue queue = new IntentQueue();
    /** Entities that are offered to this cell and come in by the end of this tick. */
    private final LongLongMap expected = new LongLongMap();
    /** Cells one of whose intents waits for its target. */
    private final TreeSet<CellId> held = new TreeSet<>();

    private Rules rules = Rules.none();
    private volatile int waitingCount;

    IntentDesk(Body body, IntentMarks marks) {
        this.body = body;
        this.self = body.spec.cell();
        this.originX = body.spec.world().map().partition().originX(self.region());
        this.originY = body.spec.world().map().partition().originY(self.region());
        this.marks = marks;
        this.meters = new IntentMeters(body.ports.meters(), self);
        this.links = new IntentLinks(body, meters);
        this.reach = new AreaReach(body);
        body.ports.meters().gauge("cell_intents_waiting", () -> waitingCount, "cell", self.toString());
    }

    /** Who handles what; before the first intent. */
    void obey(Rules configured) {
        rules = configured;
    }

    /** Any thread. True while other cells have to keep their batches. */
    boolean congested() {
        boolean congested = waitingCount > WAITING_COUNT_MAX;
        if (congested) {
            meters.heldBack.one();
        }
        return congested;
    }

    /** From another cell; carried out by {@link #carryOut}. */
    void take(IntentBatch batch) {
        arrived.add(batch);
    }

    /** Who is offered comes in before the end of this tick; its mail waits for it. */
    void expect(HandoffOffer offer) {
        expected.put(offer.entity(), 1);
    }

    /** What the cell's former self still has on its way is void, and what it was sent is lost with it. */
    void restarting(PeerRestarting peer) {
        marks.restarting(peer.cell(), peer.epoch());
        queue.expectNothingOf(peer.cell());
        links.restarting(peer.cell(), peer.epoch());
    }

    /** The cell goes on where its standby was: with its rows and with ours. What it did not hear is due at once. */
    void continues(PeerContinues peer) {
        marks.continues(peer.cell(), peer.epoch());
        links.continues(peer.cell(), peer.epoch());
    }

    /** Another cell has taken what was sent to it. */
    void acknowledged(IntentAck ack) {
        links.acknowledged(ack);
    }

    /** An entity has just been handed to another cell: mail for it goes there. */
    void departed(long entityId, CellId target) {
        departures.left(entityId, target, body.tick);
    }

    boolean intend(long entityId, Record intent) {
        if (rules.intent(intent.getClass()) == null) {
            throw rules.unhandled(intent.getClass(), "onIntent");
        }
        boolean accepted;
        if (body.population.find(entityId) != 0) {
            accepted = addOwn(new Intent.ToEntity(entityId, intent, 0));
        } else {
            CellId owner = ownerElsewhere(entityId);
            if (owner == null) {
                return false;
            }
            accepted = links.add(owner, new Intent.ToEntity(entityId, intent, 0));
        }
        if (!accepted) {
            meters.refused.one();
        }
        return accepted;
    }

    /** @param worldX metres in the world's plane */
    boolean intendAround(double worldX, double worldY, float radiusMetres, Record intent) {
        if (rules.areaIntent(intent.getClass()) == null) {
            throw rules.unhandled(intent.getClass(), "onAreaIntent");
        }
        if (!(radiusMetres >= 0 && radiusMetres < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("radius " + radiusMetres + " must be finite and not negative");
        }
        Intent.ToArea everywhere = new Intent.ToArea(worldX, worldY, radiusMetres, intent);
        boolean all = true;
        for (CellId cell : reach.cells(worldX, worldY, radiusMetres)) {
            boolean accepted = cell.equals(self) ? addOwn(everywhere) : links.add(cell, everywhere);
            if (!accepted) {
                meters.refused.one();
                all = false;
            }
        }
        return all;
    }

    private boolean addOwn(Intent intent) {
        return own.size() < OWN_WAITING_COUNT_MAX && own.add(intent);
    }

    /** Where mail for an entity goes that is not here; null if nobody knows. */
    private @Nullable CellId ownerElsewhere(long entityId) {
        CellId lately = departures.targetOf(entityId, body.tick - GHOST_LAG_TICKS);
        if (lately != null) {
            return lately;
        }
        CellId source = body.ghosts.sourceOf(entityId);
        return source != null && !source.equals(self) ? source : departures.targetOf(entityId, Long.MIN_VALUE);
    }

    /** Lets happen what was intended: own and remote intents, after RESOLVE. What handlers intend waits for the next tick. */
    void carryOut(Turn turn) {
        enqueueArrived();
        for (int i = 0; i < own.size(); i++) {
            queue.add(self, own.get(i), HandoffNumber.NONE, 0);
        }
        own.clear();
        int done = 0;
        for (int i = 0; i < queue.count(); i++) {
            CellId source = queue.source(i);
            boolean turnHasCome = done < CARRIED_OUT_PER_TICK_MAX && (held.isEmpty() || !held.contains(source));
            if (turnHasCome && carryOut(turn, i)) {
                done++;
            } else {
                queue.keep(i);
                if (turnHasCome) {
                    held.add(source);
                }
            }
        }
        queue.forgetOthers();
        held.clear();
        expected.clear();
        meters.carriedOut.add(done);
    }

    private void enqueueArrived() {
        arrived.sort(BY_SOURCE_AND_SEQ);
        int early = 0;
        for (int i = 0; i < arrived.size(); i++) {
            IntentBatch batch = arrived.get(i);
            if (batch.tick() >= body.tick) {
                arrived.set(early++, batch);
                continue;
            }
            int known = marks.take(batch);
            meters.duplicate.add(known);
            for (int n = known; n < batch.intents().size(); n++) {
                queue.add(batch.source(), batch.intents().get(n), batch.after(), body.tick + AWAITED_TICKS_MAX);
            }
        }
        arrived.subList(early, arrived.size()).clear();
    }

    /** False when it has to wait for the next tick. */
    private boolean carryOut(Turn turn, int index) {
        return switch (queue.intent(index)) {
            case Intent.ToEntity toEntity -> {
                long handle = body.population.find(toEntity.target());
                if (handle == 0) {
                    yield expected.get(toEntity.target()) == 0 && !awaited(index) && passOn(toEntity);
                }
                handle(turn, handle, toEntity.body());
                yield true;
            }
            case Intent.ToArea toArea -> {
                handle(turn, toArea);
                yield true;
            }
        };
    }

    /** Whether the target may be on its way: its offer was sent before the intent, and lost with a connection. */
    private boolean awaited(int index) {
        return body.tick < queue.untilTick(index) && !body.handoffs.settled(queue.source(index), queue.after(index));
    }

    @SuppressWarnings("unchecked") // Rules keeps handlers under the type that they take
    private <I extends Record> void handle(Turn turn, long handle, I intent) {
        IntentHandler<I> handler = (IntentHandler<I>) rules.intent(intent.getClass());
        if (handler == null) {
            throw rules.unhandled(intent.getClass(), "onIntent");
        }
        handler.handle(turn, handle, intent);
    }

    private void handle(Turn turn, Intent.ToArea area) {
        handle(turn, area, area.body());
    }

    @SuppressWarnings("unchecked") // as above
    private <I extends Record> void handle(Turn turn, Intent.ToArea area, I intent) {
        AreaIntentHandler<I> handler = (AreaIntentHandler<I>) rules.areaIntent(intent.getClass());
        if (handler == null) {
            throw rules.unhandled(intent.getClass(), "onAreaIntent");
        }
        handler.handle(turn, (float) (area.x() - originX), (float) (area.y() - originY), area.radiusMetres(), intent);
    }

    /** False when the way to the target's new cell is full. */
    private boolean passOn(Intent.ToEntity intent) {
        CellId owner = ownerElsewhere(intent.target());
        if (owner == null) {
            meters.targetGone.one();
            return true;
        }
        if (intent.hops() >= Intent.ToEntity.HOPS_MAX) {
            meters.outrun.one();
            return true;
        }
        boolean accepted = links.add(owner, new Intent.ToEntity(intent.target(), intent.body(), intent.hops() + 1));
        if (accepted) {
            meters.passedOn.one();
        }
        return accepted;
    }

    /** Sends what other cells have to carry out. After hand-offs, so that mail never overtakes the entity that it is for. */
    void flush() {
        marks.acknowledge(self, body.spec.epoch(), this::send);
        links.flush(this::strand);
        departures.forgetOld(body.tick);
        int waiting = queue.count() + own.size();
        for (int i = 0; i < arrived.size(); i++) {
            waiting += arrived.get(i).intents().size();
        }
        waitingCount = waiting;
    }

    private Admission send(CellId target, CellInput message) {
        return body.ports.cells().offer(target, CellPort.ANY_EPOCH, message);
    }

    /** Nothing waits here, neither to be carried out nor to be sent or acknowledged. */
    boolean empty() {
        return own.isEmpty() && queue.count() == 0 && arrived.isEmpty() && links.empty() && marks.allAcknowledged();
    }

    /** The layer that it was for is no more; whoever lived there was handed to another. */
    private void strand(Intent intent) {
        switch (intent) {
            case Intent.ToEntity toEntity -> {
                if (!passOn(toEntity)) {
                    meters.refused.one();
                }
            }
            case Intent.ToArea _ -> meters.targetGone.one();
        }
    }

    /** The marks; then, for the fingerprint only, what waits: its addressees and kinds. */
    void write(ByteWriter out) {
        marks.write(out);
        links.write(intent -> write(intent, out), out);
        out.varuint(own.size());
        own.forEach(intent -> write(intent, out));
        out.varuint(queue.count());
        for (int i = 0; i < queue.count(); i++) {
            IntentMarks.write(queue.source(i), out);
            out.varlong(queue.after(i).sourceEpoch());
            out.varlong(queue.after(i).seq());
            out.varlong(queue.untilTick(i));
            write(queue.intent(i), out);
        }
    }

    private void write(Intent intent, ByteWriter out) {
        out.varuint(rules.numberOf(intent.body().getClass()));
        switch (intent) {
            case Intent.ToEntity toEntity -> {
                out.i64(toEntity.target());
                out.u8(toEntity.hops());
            }
            case Intent.ToArea toArea -> {
                out.f64(toArea.x());
                out.f64(toArea.y());
                out.f32(toArea.radiusMetres());
            }
        }
    }

    /** Goes on where the twin is, whose {@link #marks} it has; everything is due, and everybody is answered once more. */
    void continueFrom(IntentDesk twin, CellInputCodec codec) {
        ByteWriter out = new ByteWriter(1024);
        twin.writeRunning(codec, out);
        readRunning(codec, new ByteReader(out.array(), 0, out.size()));
        links.repeatAll();
        marks.acknowledgeAll();
    }

    IntentMarks marks() {
        return marks;
    }

    int waitingCount() {
        return waitingCount;
    }

    /** All that waits, for a twin of the cell. */
    void writeRunning(CellInputCodec codec, ByteWriter out) {
        links.writeRunning(codec, out);
        codec.write(new IntentBatch(self, 0, 0, 0, 0, 0, HandoffNumber.NONE, own), out);
        out.varuint(queue.count());
        for (int i = 0; i < queue.count(); i++) {
            codec.write(waiting(i), out);
        }
        out.varuint(arrived.size());
        arrived.forEach(batch -> codec.write(batch, out));
        departures.write(out);
        out.varuint(waitingCount);
    }

    private IntentBatch waiting(int index) {
        List<Intent> intent = List.of(queue.intent(index));
        return new IntentBatch(queue.source(index), 0, 0, 0, 0, queue.untilTick(index), queue.after(index), intent);
    }

    void readRunning(CellInputCodec codec, ByteReader in) {
        links.readRunning(codec, in);
        own.addAll(IntentLinks.readBatch(codec, in).intents());
        for (int rest = in.count(6); rest > 0; rest--) {
            IntentBatch waiting = IntentLinks.readBatch(codec, in);
            waiting.intents().forEach(intent -> queue.add(waiting.source(), intent, waiting.after(), waiting.tick()));
        }
        for (int rest = in.count(6); rest > 0; rest--) {
            arrived.add(IntentLinks.readBatch(codec, in));
        }
        departures.read(self.world(), in);
        waitingCount = in.varuint();
    }
}
