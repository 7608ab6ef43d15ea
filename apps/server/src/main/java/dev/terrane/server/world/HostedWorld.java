package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.WorldRestore;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandType;
import dev.terrane.directory.Directory;
import dev.terrane.ecs.Schema;
import dev.terrane.placement.CrowdPlan;
import dev.terrane.placement.Posture;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A world that runs in this process: all its cells, ticking.
 *
 * <p>{@link #start} and {@link #close} belong to one thread; the readings may be called by any.
 */
public final class HostedWorld implements AutoCloseable {
    private static final long STOP_MILLIS_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(HostedWorld.class);

    private final WorldSetup setup;
    private final WorldParts parts;
    private final Seats seats;
    private final CellMaker maker;
    private final Checkpointer checkpointer;
    private final Journalist journalist;
    private final Herald herald;
    private final Restarter restarter;
    private final CrowdPlan crowdPlan;
    private volatile @Nullable Governor governor;
    private volatile @Nullable CrowdWatch crowds;

    private HostedWorld(WorldSetup setup, Directory directory) {
        this.setup = setup;
        this.parts = new WorldParts(
                setup,
                new CellReports.Directories(directory, AvatarBook.NONE, _ -> true),
                (_, _, _) -> Admission.UNKNOWN,
                UnaryOperator.identity(),
                true);
        this.seats = parts.seats;
        this.maker = parts.maker;
        this.checkpointer = parts.checkpointer;
        this.journalist = parts.journalist;
        this.crowdPlan = new CrowdPlan(setup.pace().crowd());
        this.herald = new Herald(setup, seats, Herald.Layering.seated(seats, crowdPlan::newcomers));
        this.restarter = new Restarter(setup, directory, maker, checkpointer, seats, herald);
    }

    /** Restores the world as the store has it and lets it tick. Blocks until every cell is seated. */
    public static HostedWorld start(WorldSetup setup, Directory directory) {
        HostedWorld hosted = new HostedWorld(remembering(setup), directory);
        hosted.journalist.start(hosted.parts.receiver);
        hosted.open();
        return hosted;
    }

    /** What is written from now on can be read by later versions; and what earlier ones have written by this one. */
    private static WorldSetup remembering(WorldSetup setup) {
        SchemaStore schemas = setup.stores().checkpoints().schemas();
        Schema present = setup.world().schema().components();
        schemas.keep(present.fingerprint(), present.describe());
        return setup.with(setup.world().remembering(schemas.all()));
    }

    private void open() {
        SortedSet<CellId> known = setup.stores().checkpoints().cells(worldId());
        refuseHomeless(known);
        List<CellSpec> specs = new ArrayList<>();
        for (CellId id : cellsOf(known)) {
            seats.add(newSeat(id));
        }
        for (CellSeat seat : seats.list()) {
            specs.add(maker.grant(seat.id()));
        }
        // Only now: nobody can add to it any more.
        Map<CellId, CellImage> images = new LinkedHashMap<>();
        for (Checkpoint checkpoint : setup.stores().checkpoints().latest(worldId())) {
            images.put(checkpoint.cell(), CellMaker.image(checkpoint));
        }
        Map<CellId, List<CellFacts>> journals = new LinkedHashMap<>();
        for (JournalEntry entry : setup.stores().journal().store().tail(worldId())) {
            journals.computeIfAbsent(entry.cell(), _ -> new ArrayList<>()).add(CellMaker.facts(entry));
        }
        List<WorldRestore.Restarting> cells = new ArrayList<>();
        for (CellSpec spec : specs) {
            cells.add(new WorldRestore.Restarting(
                    spec, images.get(spec.cell()), journals.getOrDefault(spec.cell(), List.of())));
        }
        WorldRestore past =
                WorldRestore.plan(cells, List.of(), setup.stores().characters().loggedOut(worldId()));
        for (CellSeat seat : seats.list()) {
            Cell cell = maker.open(seat.id(), past);
            // The beginning of a world is stored with its first tick: whoever dies before the first interval must not
            // begin again.
            cell.requestImage();
            seat.seat(cell);
        }
        tellLayers();
        WorldClock clock = new WorldClock(
                setup.runtime().clock(),
                past.lastTick() + 1,
                setup.settings().rates().simulationHz());
        LayerTools tools = new LayerTools(setup, seats, herald, maker, checkpointer, new NewSeats());
        Governor over = new Governor(setup, clock, seats, herald);
        CrowdWatch watch = new CrowdWatch(setup, over, tools, crowdPlan);
        over.careBy(watch);
        crowds = watch;
        governor = over;
        over.start(setup.pace().workerCount());
        schedule();
        LOG.atInfo()
                .addKeyValue("world", worldId())
                .addKeyValue("cells", cellCount())
                .addKeyValue("restored", images.size())
                .addKeyValue("entities", entityCount())
                .addKeyValue("tick", past.lastTick() + 1)
                .log(images.isEmpty() ? "a new world begins" : "the world goes on from its checkpoints");
    }

    /** One per region, and the layers that the world had when it rested. */
    private SortedSet<CellId> cellsOf(SortedSet<CellId> known) {
        SortedSet<CellId> cells = new TreeSet<>(known);
        for (RegionId region : partition().regions()) {
            cells.add(new CellId(worldId(), region, 0));
        }
        return cells;
    }

    /** Who has layers beside the first is known to nobody after a restart. */
    private void tellLayers() {
        layerCounts().keySet().forEach(herald::layers);
        herald.deliver();
    }

    /** A cell whose region the partition no longer has would be lost without a word, and all who live in it. */
    private void refuseHomeless(SortedSet<CellId> known) {
        List<CellId> homeless =
                known.stream().filter(id -> !partition().contains(id.region())).toList();
        if (!homeless.isEmpty()) {
            throw new IllegalStateException(
                    "world %s has checkpoints of cells that world.partition = %s does not have: %s; set the old partition again, or begin another world with another world.name in a database of its own"
                            .formatted(worldId(), partition().describe(), homeless));
        }
    }

    /** Checkpoints are spread over the interval, so that cells do not all copy their state in the same tick. */
    private void schedule() {
        long intervalMillis = TimeUnit.SECONDS.toMillis(setup.pace().checkpointSeconds());
        int index = 0;
        for (CellSeat seat : seats.list()) {
            long offset = intervalMillis * ++index / cellCount();
            setup.runtime()
                    .jobs()
                    .scheduleAtFixedRate(() -> requestImage(seat), offset, intervalMillis, TimeUnit.MILLISECONDS);
        }
    }

    private CellSeat newSeat(CellId id) {
        return new CellSeat(id, setup.runtime().clock(), this::failed);
    }

    /** Seats of layers that open while the world runs. */
    private final class NewSeats implements LayerTools.SeatMaker {
        @Override
        public CellSeat make(CellId cell) {
            return newSeat(cell);
        }

        @Override
        public Future<?> keepImages(CellSeat seat) {
            long seconds = setup.pace().checkpointSeconds();
            return setup.runtime()
                    .jobs()
                    .scheduleAtFixedRate(() -> requestImage(seat), seconds, seconds, TimeUnit.SECONDS);
        }
    }

    private static void requestImage(CellSeat seat) {
        Cell cell = seat.cell();
        if (cell != null) {
            cell.requestImage();
        }
    }

    private void failed(CellSeat seat, long epoch, @Nullable CellCommand culprit) {
        parts.receiver.failed(seat.id(), epoch, culprit);
        restarter.failed(seat);
    }

    /** The durable commands that cells of this world carry out. */
    public List<CommandType<?>> commands() {
        return parts.commands();
    }

    /** Topics of which its readers want the newest document of each key. */
    public List<String> documents() {
        return setup.plugins().stream()
                .flatMap(source -> source.fresh().get().documents().stream())
                .toList();
    }

    /** Topics of which its readers want every event. */
    public List<String> journals() {
        return setup.plugins().stream()
                .flatMap(source -> source.fresh().get().journals().stream())
                .toList();
    }

    /** Carries them out. */
    public CommandReceiver receiver() {
        return parts.receiver;
    }

    /** The way to its cells. */
    public CellPort cells() {
        return parts.router;
    }

    /** True while every cell ticks. */
    public boolean ready() {
        return idleCells().isEmpty();
    }

    /** Cells that do not tick now: they restart, or their worker hangs in them. */
    public List<CellId> idleCells() {
        Governor over = governor;
        return seats.list().stream()
                .filter(seat -> seat.cell() == null
                        || over == null
                        || over.workers().holds(seat)
                        || over.workers().silent(seat.worker()))
                .map(CellSeat::id)
                .toList();
    }

    /** The cell that takes in whoever enters this region; empty when nobody else may, because it is full and cannot be split any further. */
    public Optional<CellId> entrance(RegionId region) {
        CrowdWatch watch = crowds;
        return watch == null ? Optional.empty() : Optional.ofNullable(watch.entrance(region, seats));
    }

    /** How far the world has stepped down under load. */
    public Posture posture() {
        Governor over = governor;
        return over == null ? Posture.NORMAL : over.posture();
    }

    /** How each of its cells does, in their order. */
    public List<CellReading> cellReadings() {
        CrowdWatch watch = crowds;
        return seats.list().stream()
                .map(seat -> CellReading.of(seat, watch != null && watch.crowded(seat.id())))
                .toList();
    }

    /** How many layers each region has, where there is more than one. */
    public SortedMap<RegionId, Integer> layerCounts() {
        SortedMap<RegionId, Integer> counts = new TreeMap<>();
        for (CellSeat seat : seats.list()) {
            counts.merge(seat.id().region(), 1, Integer::sum);
        }
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    public int cellCount() {
        return seats.all().length;
    }

    public int entityCount() {
        return sum(Cell::entityCount);
    }

    public int avatarCount() {
        return sum(Cell::avatarCount);
    }

    private int sum(ToIntFunction<Cell> reading) {
        int total = 0;
        for (CellSeat seat : seats.list()) {
            Cell cell = seat.cell();
            total += cell == null ? 0 : reading.applyAsInt(cell);
        }
        return total;
    }

    public WorldId id() {
        return worldId();
    }

    /** See {@link dev.terrane.cell.World#movementRule}. */
    public Optional<byte[]> movementRule() {
        return setup.world().movementRule();
    }

    public Partition partition() {
        return setup.world().map().partition();
    }

    private WorldId worldId() {
        return new WorldId(setup.world().map().world());
    }

    /** Stops ticking, then stores the last state of every cell. */
    @Override
    public void close() {
        Governor over = governor;
        if (over != null) {
            over.stop(STOP_MILLIS_MAX);
        }
        Collection<CellImage> images = journalist.stop() ? lastImages() : List.of();
        if (!journalist.complete()) {
            // Not all facts are durable, or somebody who hung in a tick has told more since: an image with their
            // effects, but not their keys, would let commands
            // happen twice.
            images = List.of();
            LOG.atWarn()
                    .addKeyValue("world", worldId())
                    .log("no last images: the journal has not everything that is in them");
        }
        long stored = images.stream().filter(checkpointer::save).count();
        LOG.atInfo()
                .addKeyValue("world", worldId())
                .addKeyValue("checkpoints", stored)
                .addKeyValue("cells", cellCount())
                .log("the world rests");
    }

    private Collection<CellImage> lastImages() {
        Collection<CellImage> images = new ArrayList<>();
        for (CellSeat seat : seats.list()) {
            Cell cell = seat.cell();
            if (cell != null && cell.phase() == Cell.Phase.RUNNING && !seat.condemned(cell)) {
                lastImage(cell, images);
            }
        }
        return images;
    }

    /** A cell whose worker is stuck in its tick has no image now; that must not cost the others theirs. */
    private void lastImage(Cell cell, Collection<CellImage> into) {
        try {
            into.add(cell.image());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("world", worldId())
                    .addKeyValue("cell", cell.id())
                    .addKeyValue("tick", cell.lastTick())
                    .log("no last image of this cell, it goes on from its last checkpoint");
        }
    }
}
