package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ghosts.GhostLimits;
import dev.terrane.ghosts.GhostNeeds;
import dev.terrane.ghosts.GhostPublisher;
import dev.terrane.ghosts.GhostShape;
import dev.terrane.ghosts.GhostSubscriber;
import dev.terrane.ghosts.GhostTables;
import dev.terrane.ghosts.Residents;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cell's ghosts: what it sees of others, and what others see of it. Not state of the cell: a restored one asks anew. */
final class GhostDesk implements Ghosts {
    /** Needs are worked out every so many ticks. */
    private static final int NEEDS_TICKS = 2;
    /** How long everything fits before the cell dares to see farther again. */
    private static final int WIDEN_TICKS = 200;

    private static final Comparator<GhostBatch> BY_SOURCE_AND_SEQ = Comparator.comparing(GhostBatch::source)
            .thenComparingLong(GhostBatch::sourceEpoch)
            .thenComparingLong(GhostBatch::stream)
            .thenComparingLong(GhostBatch::seq);

    private final Body body;
    private final EntityStore own;
    private final GhostSubscriber subscriber;
    private final GhostPublisher publisher;
    private final GhostNeeds needs;
    private final GhostTables ownTables;
    private final NeighbourGrid neighbours;
    private final Departures departures = new Departures();
    private final List<GhostBatch> batches = new ArrayList<>();
    private final List<GhostSubscribe> asked = new ArrayList<>();
    private boolean filed = true;
    private long leftOutSeen;
    private long calmSinceTick;

    GhostDesk(Body body) {
        this.body = body;
        this.own = body.population.store;
        CellSpec spec = body.spec;
        CellSettings.Ghosts limits = spec.settings().ghosts();
        RegionId region = spec.cell().region();
        Partition partition = spec.world().map().partition();
        double chunkMetres = spec.settings().chunkMetres();
        Residents residents = new Neighbourhood();
        GhostShape shape = new GhostShape(own.schema(), spec.world().schema().ghosted());
        int followTicks = spec.settings().rates().simulationHz();
        this.subscriber = new GhostSubscriber(
                spec.cell(),
                spec.epoch(),
                partition,
                shape,
                new GhostLimits(limits.countMax(), limits.followedMax(), followTicks),
                residents);
        Bounds bounds = partition.bounds(region);
        this.publisher = new GhostPublisher(
                spec.cell(), spec.epoch(), own, shape, new ChunkGrid(bounds, chunkMetres), residents);
        this.needs = new GhostNeeds(partition, region, chunkMetres, limits.rangeMetres());
        this.ownTables = subscriber.tablesOf(own);
        double margin = limits.rangeMetres() + chunkMetres;
        this.neighbours = new NeighbourGrid(
                new Bounds(
                        bounds.minX() - margin, bounds.minY() - margin, bounds.maxX() + margin, bounds.maxY() + margin),
                chunkMetres);
    }

    /** A message of a publisher or a subscriber; applied by {@link #takeIn}. */
    void take(CellInput message) {
        switch (message) {
            case GhostBatch batch -> batches.add(batch);
            case GhostSubscribe subscribe -> asked.add(subscribe);
            case GhostUnsubscribe unsubscribe -> {
                takeAsked(); // what was asked before is over too
                publisher.unsubscribe(unsubscribe);
            }
            default -> throw new IllegalArgumentException("not a message about ghosts: " + message);
        }
    }

    /** Brings the ghosts up to date, before the systems run. In an order that does not depend on which source was faster. */
    void takeIn() {
        takeAsked();
        subscriber.beginTick(body.tick);
        batches.sort(BY_SOURCE_AND_SEQ);
        boolean remembers = body.past.remembers();
        for (int i = 0; i < batches.size(); i++) {
            GhostBatch batch = batches.get(i);
            if (subscriber.onBatch(batch, body.tick) && remembers) {
                subscriber.eachOf(batch.source(), ghost -> body.past.seen(ghost, batch.tick()));
            }
        }
        batches.clear();
        if (remembers) {
            subscriber.eachUnheard(body.tick, body.past::stillSeen);
        }
        boolean empty = subscriber.ghostCount() == 0;
        if (!empty || !filed) {
            neighbours.rebuild(subscriber.ghosts());
            filed = empty;
        }
    }

    private void takeAsked() {
        asked.sort(Comparator.comparing(GhostSubscribe::subscriber));
        for (int i = 0; i < asked.size(); i++) {
            if (!publisher.subscribe(asked.get(i), body.tick)) {
                body.meters.ghostSubscribersRefused.one();
            }
        }
        asked.clear();
    }

    /** Asks for what is needed and tells subscribers what changed; after arrivals and leavers, before change marks are cleared. */
    void publish() {
        departures.forgetOld(body.tick);
        if (body.tick % NEEDS_TICKS == 0) {
            deriveNeeds();
        }
        subscriber.flush(body.tick, this::send);
        publisher.publish(body.tick, this::send);
        body.meters.ghosts(subscriber, publisher);
    }

    private Admission send(CellId target, CellInput message) {
        return body.ports.cells().offer(target, CellPort.ANY_EPOCH, message);
    }

    private void deriveNeeds() {
        keepWithinLimits();
        CellId self = body.spec.cell();
        int[] ownLayers = body.layers.layersOf(self.region());
        needs.derive(own, ownLayers.length > 1 || ownLayers[0] != self.layer(), body.tick);
        List<RegionId> regions = needs.regions();
        for (int i = 0; i < regions.size(); i++) {
            for (int layer : body.layers.layersOf(regions.get(i))) {
                subscriber.want(new CellId(self.world(), regions.get(i), layer), needs.chunks(i));
            }
        }
        subscriber.forget(this::merged);
    }

    private boolean merged(CellId cell) {
        for (int layer : body.layers.layersOf(cell.region())) {
            if (layer == cell.layer()) {
                return false;
            }
        }
        return true;
    }

    private void keepWithinLimits() {
        if (subscriber.leftOutCount() > leftOutSeen) {
            leftOutSeen = subscriber.leftOutCount();
            calmSinceTick = body.tick;
            needs.narrow();
        } else if (body.tick - calmSinceTick >= WIDEN_TICKS) {
            calmSinceTick = body.tick;
            needs.widen();
        }
    }

    /** The entity goes to that cell: call it while it is still alive here. It stays to be seen as a ghost. */
    void departed(long handle, CellId target) {
        departures.left(body.population.idOf(handle), target, body.tick);
        subscriber.departed(ownTables, handle, own, target, body.tick);
        filed = false;
    }

    /** The entity is this cell's own from now on. */
    void arrived(long entityId) {
        departures.returned(entityId);
        subscriber.arrived(entityId);
    }

    /** That cell starts again, or a layer that was taken away is woken: it knows of no subscriptions from before. */
    void restarting(CellId cell) {
        subscriber.restarted(cell);
    }

    /** The change marks of the cell's own store were cleared. */
    void changesCleared() {
        publisher.changesCleared();
    }

    @Override
    public EntityStore entities() {
        return subscriber.ghosts();
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] into) {
        int found = neighbours.near(x, y, radiusMetres, into);
        int alive = 0;
        for (int i = 0; i < found; i++) {
            if (subscriber.ghosts().alive(into[i])) {
                into[alive++] = into[i];
            }
        }
        return alive;
    }

    @Override
    public long idOf(long ghost) {
        return subscriber.idOf(ghost);
    }

    @Override
    public long find(long entityId) {
        return subscriber.find(entityId);
    }

    boolean follow(long entityId, FollowReason reason) {
        return subscriber.follow(entityId, body.population.find(entityId) != 0, body.tick);
    }

    /** The cell that owns the ghost with this id, as far as it is known here; null for what is no ghost. */
    @Nullable
    CellId sourceOf(long entityId) {
        return subscriber.ownerOf(entityId);
    }

    /** The cell's own entities, as the machines ask for them. */
    private final class Neighbourhood implements Residents {
        @Override
        public long find(long entityId) {
            return body.population.find(entityId);
        }

        @Override
        public @Nullable CellId goneTo(long entityId) {
            return departures.targetOf(entityId, 0);
        }
    }

    int count() {
        return subscriber.ghostCount();
    }

    /** Who of them is near a place. */
    NeighbourGrid neighbours() {
        return neighbours;
    }

    /** All of it, for a twin of the cell: after a tick that cleared the change marks. */
    void write(DraftRoom into) {
        writeSeen(into.parts, into::copyGhosts);
        publisher.write(into.parts);
        into.copyGhostNeighbours(neighbours); // messages of players are handled before it is made anew
    }

    void read(ByteReader in) {
        readSeen(in);
        publisher.read(in);
        neighbours.read(in);
        filed = false;
    }

    private void writeSeen(ByteWriter out, Consumer<EntityStore> ghosts) {
        departures.write(out);
        subscriber.write(out, ghosts);
        needs.write(body.tick, out);
        out.varlong(leftOutSeen);
        out.varlong(calmSinceTick);
    }

    private void readSeen(ByteReader in) {
        departures.read(body.spec.cell().world(), in);
        subscriber.read(in);
        needs.read(body.tick, in);
        leftOutSeen = in.varlong();
        calmSinceTick = in.varlong();
    }

    /** Goes on seeing what the twin saw, and asks everybody anew. Who asked the twin's cell is told anew: whoever hears of the new epoch asks again. */
    void continueFrom(GhostDesk twin) {
        ByteWriter out = new ByteWriter(1 << 14);
        twin.writeSeen(out, ghosts -> ghosts.write(out));
        readSeen(new ByteReader(out.array(), 0, out.size()));
        subscriber.askAnew();
        neighbours.rebuild(subscriber.ghosts());
        filed = false;
    }
}
