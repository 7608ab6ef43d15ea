package dev.terrane.server.world;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.command.CommandReceiver;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.Tenure;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.directory.Directory;
import dev.terrane.ecs.Schema;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a world that this node simulates: whatever cells the cluster's map says are its own.
 *
 * <pre>
 *   map: ours, begins anew     ─► {@link CellStarter} ─► seated
 *   map: ours, goes on         ─► {@link Takeovers} ─► seated, and {@link HeldMail} delivered
 *   map: somebody else's       ─► its seat is taken away
 *   map: another's epoch rose  ─► our cells are told
 *   a cell throws              ─► a new epoch is asked for, then as above
 *   no leader for a lease      ─► nothing ticks
 * </pre>
 *
 * <p>{@link #follow} belongs to one thread; whatever waits happens on job threads; readings may be called by any.
 */
public final class ClusterWorld implements AutoCloseable {
    private static final long STOP_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWorld.class);

    private final WorldSetup setup;
    private final Surroundings around;
    private final WorldId world;
    private final WorldParts parts;
    private final CellStarter starter;
    private final PeerNews news;
    private final Governor governor;
    private final LayerOrders orders;
    private final MappedPace pace;
    private final Map<CellId, Future<?>> imageTimers = new HashMap<>();
    private final Map<CellId, Backoff> backoffs = new HashMap<>();
    private final Takeovers takeovers;
    private final HeldMail mail;
    private final Departures departures;

    private volatile ClusterMap map = ClusterMap.EMPTY;

    /**
     * What a node has that is one of many.
     *
     * @param elsewhere the way to cells of other nodes
     * @param directory of this node's avatars
     * @param avatars hears of them, too
     * @param log asks the coordinators
     * @param standbys copies of cells, here and elsewhere
     */
    public record Surroundings(
            NodeId self,
            CellPort elsewhere,
            Directory directory,
            AvatarBook avatars,
            FenceStore fences,
            Log log,
            Standbys standbys) {}

    /** Asks the coordinators for something; may be asked again. Any thread; never blocks. */
    public interface Log {
        /** To let a cell start anew here that has failed. */
        void renew(CellId cell, long epoch);

        /** The cell has frozen and its standby has all of it. */
        void finishMove(CellId cell, long epoch);

        /** The cell has frozen in vain: it is to go on here. */
        void callOff(CellId cell, long epoch);

        /** The layer is drained, and its last image stored: nobody has to have it any more. */
        void release(CellId cell, long epoch);
    }

    /** Copies of cells, here and elsewhere. Any thread; never blocks. */
    public interface Standbys {
        /** What a cell's own ways out are made of, so that nothing leaves before its standby has it. */
        CellPorts gated(CellPorts real);

        /** Makes cells that were followed here our own, those with most players first: gives each copy on a thread that may work, or null when there is none that is whole. */
        void promote(Collection<CellId> cells, BiConsumer<CellId, @Nullable CellReplay> taker);

        /** Once the standby follows, without a base underway. */
        void whenFollowed(CellId cell, long epoch, Runnable then);

        /** Once the standby has this tick, the last one for now; or, instead, once the way of it is broken. */
        void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken);
    }

    /**
     * When the cluster's ticks are due.
     *
     * @param tick one of them
     * @param epochMillis Unix time at which that one is due
     * @param pace of all ticks since
     */
    public record Beginning(long tick, long epochMillis, WorldPace pace) {
        /** Of a world that has always kept up. */
        public Beginning(long tick, long epochMillis) {
            this(tick, epochMillis, WorldPace.normal(tick));
        }
    }

    private ClusterWorld(WorldSetup setup, Surroundings around, Beginning beginning) {
        this.setup = setup;
        this.around = around;
        this.world = new WorldId(setup.world().map().world());
        this.parts = new WorldParts(
                setup,
                new CellReports.Directories(around.directory(), around.avatars(), this::isFenced),
                around.elsewhere(),
                around.standbys()::gated,
                false);
        this.takeovers = new Takeovers(setup, around, parts.maker, new Takeovers.Seating() {
            @Override
            public boolean seat(Cell cell, EarlyTicks watch) {
                return ClusterWorld.this.seat(cell, watch);
            }

            @Override
            public void renew(CellId cell, long epoch) {
                ClusterWorld.this.renew(cell, epoch);
            }

            @Override
            public long epoch(CellId cell) {
                return map.cell(cell).epoch();
            }
        });
        this.mail = new HeldMail(
                parts.router,
                this::isExpected,
                setup.runtime().clock(),
                setup.runtime().meters());
        this.departures = new Departures(
                around, setup.runtime(), (cell, epoch) -> isMoving(map.cell(cell), epoch) && isFrozen(cell));
        this.starter = new CellStarter(setup, around.self(), parts, around.fences(), this::started);
        this.news = new PeerNews(world, parts.seats);
        MappedLayers layers = new MappedLayers(world);
        Herald herald = new Herald(setup, parts.seats, layers);
        LayerTools tools =
                new LayerTools(setup, parts.seats, herald, parts.maker, parts.checkpointer, new LayerTools.SeatMaker() {
                    @Override
                    public CellSeat make(CellId cell) {
                        return newSeat(cell);
                    }

                    @Override
                    public Future<?> keepImages(CellSeat seat) {
                        return ClusterWorld.this.keepImages(seat);
                    }
                });
        WorldClock clock = WorldClock.shared(
                setup.runtime().clock(),
                beginning.tick(),
                beginning.epochMillis(),
                setup.settings().rates().simulationHz());
        this.governor = new Governor(setup, clock, parts.seats, herald);
        this.pace = new MappedPace(setup, clock, herald, governor, beginning.pace());
        this.orders = new LayerOrders(
                around.self(),
                layers,
                tools,
                herald,
                (cell, epoch) -> around.log().release(cell, epoch));
        governor.careBy(orders);
    }

    /** Ready to be given cells. Waits for the store. */
    public static ClusterWorld open(WorldSetup setup, Surroundings around, Beginning beginning) {
        SchemaStore schemas = setup.stores().checkpoints().schemas();
        Schema present = setup.world().schema().components();
        schemas.keep(present.fingerprint(), present.describe());
        ClusterWorld opened = new ClusterWorld(setup.with(setup.world().remembering(schemas.all())), around, beginning);
        opened.parts.journalist.start(opened.parts.receiver);
        opened.governor.start(setup.pace().workerCount());
        return opened;
    }

    /** The map has changed. */
    public void follow(ClusterMap newer) {
        if (newer.version() <= map.version()) {
            return;
        }
        map = newer;
        starter.follow(newer);
        List<CellGrant> succeeding = new ArrayList<>();
        for (Tenure tenure : newer.cells()) {
            if (tenure.cell().world().equals(world)) {
                follow(tenure, succeeding);
            }
        }
        takeovers.take(succeeding);
        news.follow(newer, around.self());
        news.deliver();
        orders.follow(newer);
        pace.follow(newer);
    }

    /** One at a time with {@link #seat}: what is seated is what the newest map says. */
    private synchronized void follow(Tenure tenure, List<CellGrant> succeeding) {
        CellSeat seat = parts.seats.get(tenure.cell());
        Cell seated = seat == null ? null : seat.cell();
        if (!around.self().equals(tenure.owner())) {
            if (seat != null) {
                takeAway(seat, tenure);
            }
        } else if (seat == null || seated == null || seated.epoch() < tenure.epoch()) {
            CellGrant grant = new CellGrant(tenure.cell(), around.self(), tenure.epoch(), tenure.incarnation());
            if (tenure.begunEpoch() == tenure.epoch()) {
                starter.want(grant);
            } else {
                succeeding.add(grant);
            }
        } else {
            move(seat, seated, tenure);
        }
    }

    /** Practises a takeover, so that its code is warm. On the copy's thread. */
    public void rehearse(CellGrant grant, CellReplay copy) {
        takeovers.rehearse(grant, copy);
    }

    /** It is to go on elsewhere, or is not any more. It freezes only when its standby follows: from a base on that would take long. */
    private void move(CellSeat seat, Cell cell, Tenure tenure) {
        if (tenure.phase() != Tenure.Phase.MOVING) {
            goOn(seat, cell);
        } else if (tenure.isReady() && !seat.frozen()) {
            around.standbys().whenFollowed(cell.id(), cell.epoch(), () -> freeze(cell));
        }
    }

    private synchronized void freeze(Cell cell) {
        CellSeat seat = parts.seats.get(cell.id());
        Tenure now = map.cell(cell.id());
        if (seat != null && seat.cell() == cell && isMoving(now, cell.epoch())) {
            seat.freezeAfterTick(() -> departures.frozen(cell));
        }
    }

    private boolean isMoving(Tenure tenure, long epoch) {
        return tenure.phase() == Tenure.Phase.MOVING
                && tenure.epoch() == epoch
                && around.self().equals(tenure.owner());
    }

    /** What came for it while it stood still comes first. */
    private void goOn(CellSeat seat, Cell cell) {
        departures.over(seat.id());
        if (seat.frozen()) {
            mail.seat(seat.id(), (_, epoch, message) -> cell.offer(epoch, message), seat::goOn);
        } else {
            seat.goOn();
        }
    }

    /** It is somebody else's: whatever it still does counts nowhere. */
    private void takeAway(CellSeat seat, Tenure now) {
        Cell cell = seat.cell();
        departures.over(seat.id());
        parts.seats.remove(seat.id());
        mail.drop(seat.id());
        stopImages(seat.id());
        around.directory().restarting(seat.id());
        around.directory().settled(seat.id());
        if (cell != null) {
            parts.receiver.failed(seat.id(), cell.epoch(), null);
        }
        LOG.atInfo()
                .addKeyValue("world", world)
                .addKeyValue("cell", seat.id())
                .addKeyValue("epoch", now.epoch())
                .addKeyValue("owner", now.owner())
                .log("the cell is no longer here");
    }

    /** Until its fence is raised a cell that goes on here keeps nothing that has to last. Before the takeovers are there, nothing has gone on. */
    private boolean isFenced(CellEpoch life) {
        return takeovers.isFenced(life);
    }

    /** Whether it has no seat because its copy is only about to be the cell, or stands still and may go on here. */
    private boolean isExpected(CellId cell, Admission refused) {
        if (refused == Admission.SEALED) {
            return isFrozen(cell);
        }
        Tenure tenure = map.cell(cell);
        return refused == Admission.UNKNOWN
                && (around.self().equals(tenure.standby())
                        || around.self().equals(tenure.owner()) && tenure.begunEpoch() < tenure.epoch());
    }

    private boolean isFrozen(CellId cell) {
        CellSeat seat = parts.seats.get(cell);
        return seat != null && seat.frozen();
    }

    /** What the starter has started. */
    private boolean started(Cell cell) {
        cell.requestImage();
        return seat(cell, null);
    }

    private synchronized boolean seat(Cell cell, @Nullable EarlyTicks watch) {
        Tenure tenure = map.cell(cell.id());
        if (!around.self().equals(tenure.owner()) || tenure.epoch() != cell.epoch()) {
            return false;
        }
        news.brief(cell);
        orders.brief(cell);
        CellSeat known = parts.seats.get(cell.id());
        if (known != null) {
            known.seat(cell);
        } else {
            CellSeat fresh = newSeat(cell.id());
            fresh.seat(cell, watch);
            mail.seat(cell.id(), (_, epoch, message) -> fresh.offer(epoch, message), () -> parts.seats.add(fresh));
            imageTimers.put(cell.id(), keepImages(fresh));
            fresh.moveTo(governor.emptiest(cell.id()));
            if (watch != null) {
                setup.runtime().jobs().schedule(fresh::poke, AwaitedInputs.MILLIS_MAX, TimeUnit.MILLISECONDS);
            }
        }
        return true;
    }

    private CellSeat newSeat(CellId id) {
        return new CellSeat(id, setup.runtime().clock(), this::failed);
    }

    private Future<?> keepImages(CellSeat seat) {
        long seconds = setup.pace().checkpointSeconds();
        return setup.runtime()
                .jobs()
                .scheduleAtFixedRate(
                        () -> {
                            Cell cell = seat.cell();
                            if (cell != null) {
                                cell.requestImage();
                            }
                        },
                        seconds,
                        seconds,
                        TimeUnit.SECONDS);
    }

    private synchronized void stopImages(CellId cell) {
        Future<?> timer = imageTimers.remove(cell);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Called by the worker in whose tick it threw. */
    private void failed(CellSeat seat, long epoch, @Nullable CellCommand culprit) {
        parts.receiver.failed(seat.id(), epoch, culprit);
        around.directory().restarting(seat.id());
        long delay;
        synchronized (this) {
            delay = backoffs.computeIfAbsent(seat.id(), _ -> new Backoff())
                    .next(setup.runtime().clock().nanos());
        }
        setup.runtime()
                .meters()
                .count("cell_restarts", "cell", seat.id().toString())
                .one();
        LOG.atWarn()
                .addKeyValue("world", world)
                .addKeyValue("cell", seat.id())
                .addKeyValue("epoch", epoch)
                .log("asks for a new epoch in {} ms, to start from its checkpoint", delay);
        setup.runtime().jobs().schedule(() -> renew(seat.id(), epoch), delay, TimeUnit.MILLISECONDS);
    }

    private void renew(CellId cell, long epoch) {
        Tenure tenure = map.cell(cell);
        if (around.self().equals(tenure.owner()) && tenure.epoch() == epoch) {
            around.log().renew(cell, epoch);
            setup.runtime().jobs().schedule(() -> renew(cell, epoch), 1, TimeUnit.SECONDS); // until the map says so
        }
    }

    /** Lets cells tick, or not: without a lease nobody here may act. Any thread. */
    public void mayTick(boolean allowed) {
        parts.seats.mayTick(allowed);
    }

    /** Gateways of a life of a node that is over: nobody is behind them any more. @param number the first of their numbers */
    public void gatewaysGone(int number, int count) {
        news.gatewaysGone(number, count);
        news.deliver();
    }

    /** Tells again what found no room; now and then. The thread of {@link #follow}. */
    public void remind() {
        news.deliver();
        mail.dropOld();
    }

    /** What another node says to a cell that is here, or is about to go on here. Any thread. */
    public Admission deliver(CellId cell, long epoch, CellInput message) {
        return mail.offer(cell, epoch, message);
    }

    /** The way to the cells that are here. */
    public CellPort cells() {
        return parts.router;
    }

    /** Carries out the commands of the cells that are here. */
    public CommandReceiver receiver() {
        return parts.receiver;
    }

    /** How each of the cells here does, in their order. */
    public List<CellReading> cellReadings() {
        List<CellReading> readings = new ArrayList<>();
        for (CellSeat seat : parts.seats.list()) {
            readings.add(CellReading.of(seat, false));
        }
        return readings;
    }

    /** How crowded those are that run. */
    public List<CrowdReading> crowdReadings() {
        return orders.readings(parts.seats);
    }

    /** Whether this node can keep up. */
    public StrainReading strain() {
        return governor.strain();
    }

    /** Cells of this node that do not tick yet. */
    public int startingCount() {
        return starter.count();
    }

    public WorldId id() {
        return world;
    }

    /** Stops ticking. What was not stored is lost, as with a kill: cells go on elsewhere. */
    @Override
    public void close() {
        governor.stop(STOP_MILLIS_MAX);
        boolean complete = parts.journalist.stop();
        long stored = 0;
        if (complete) {
            for (CellSeat seat : parts.seats.list()) {
                Cell cell = seat.cell();
                // Where a copy is whole it goes on from there, at a tick that may be below this one.
                boolean goesOn = cell == null
                        || map.cell(seat.id()).isReady()
                        || !isFenced(new CellEpoch(seat.id(), cell.epoch()));
                if (cell != null && !goesOn && cell.phase() == Cell.Phase.RUNNING && !seat.condemned(cell)) {
                    stored += parts.checkpointer.save(cell.image()) ? 1 : 0;
                }
            }
        }
        LOG.atInfo()
                .addKeyValue("world", world)
                .addKeyValue("checkpoints", stored)
                .log("this node's part of the world rests");
    }
}
