package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All cells of a world with what surrounds them: grants, the store of images, the directory, the record of logouts. */
final class CellRig implements CellPort, CellListener {
    private final World world;
    private final CellSettings settings;
    private final Supplier<PluginModule> plugins;
    private final GatewayPort gateways;
    private final SortedMap<CellId, Cell> cells = new TreeMap<>();
    private final SortedMap<CellId, CellImage> stored = new TreeMap<>();
    private final SortedMap<CellId, List<CellFacts>> journals = new TreeMap<>();
    private final TreeSet<CellId> deaf = new TreeSet<>();
    private final Map<CharacterId, CellId> directory = new HashMap<>();
    private final Map<CharacterId, Long> directoryAvatar = new HashMap<>();
    /** Whose cell starts again: gone, unless it says that they are there. */
    private final Set<CharacterId> doubtful = new HashSet<>();

    private final Set<CharacterId> travelling = new HashSet<>();
    private final Map<CharacterId, Integer> directoryOwnership = new HashMap<>();
    private final Map<CharacterId, Integer> loggedOut = new HashMap<>();
    /** Entities offered since the tick began: what a later cell hands to an earlier one is nowhere until the next tick. */
    private final TreeSet<Long> offeredInTick = new TreeSet<>();

    private final List<TickFacts> facts = new ArrayList<>();
    private final List<CellCommand> elsewhere = new ArrayList<>();
    private RigLayers layers;
    private final Tally tally = new Tally();
    private boolean storing = true;
    private JournalFault journalFault = JournalFault.NONE;
    private LayerFault fault = LayerFault.NONE;
    private BiConsumer<CellId, CellInput.IntentBatch> intentWatch = (target, batch) -> {};
    private long epoch = 1;
    private int incarnation = 1;

    private final CellTaps taps;
    private final @Nullable Twins twins;

    CellRig(World world, CellSettings settings, Supplier<PluginModule> plugins, GatewayPort gateways, CellTaps taps) {
        this.taps = taps;
        this.twins = taps instanceof Twins beside ? beside : null;
        this.world = world;
        this.settings = settings;
        this.plugins = plugins;
        this.gateways = gateways;
        this.layers =
                new RigLayers(new WorldId(world.map().world()), world.map().partition(), this);
        for (RegionId region : world.map().partition().regions()) {
            CellId id = idOf(region);
            cells.put(id, Cell.open(grant(id), List.of(plugins.get()), ports()));
        }
    }

    Tally tally() {
        return tally;
    }

    World world() {
        return world;
    }

    CellId idOf(RegionId region) {
        return new CellId(new WorldId(world.map().world()), region, 0);
    }

    Iterable<Cell> cells() {
        return cells.values();
    }

    Cell cell(CellId id) {
        Cell cell = cells.get(id);
        if (cell == null) {
            throw new IllegalArgumentException("no cell " + id + ", only " + cells.keySet());
        }
        return cell;
    }

    CellId entranceOf(RegionId region) {
        return layers.entranceOf(region);
    }

    /** The layers of a region that run, or are down for the moment. */
    TreeSet<Integer> layersOf(RegionId region) {
        return layers.of(region);
    }

    /** Opens another layer and lets the region's fullest cell hand a share of its entities there. */
    CellId split(RegionId region, float share) {
        Cell crowded = null;
        for (int layer : layers.of(region)) {
            Cell cell = cells.get(new CellId(idOf(region).world(), region, layer));
            if (cell != null && (crowded == null || cell.entityCount() > crowded.entityCount())) {
                crowded = cell;
            }
        }
        if (crowded == null) {
            throw new IllegalStateException("every cell of region " + region + " is down");
        }
        CellId id = new CellId(crowded.id().world(), region, layers.free(region));
        CellImage past = fault == LayerFault.OPENED_WITHOUT_ITS_PAST ? null : stored.get(id);
        cells.put(id, WorldRestore.wake(grant(id), past, List.of(plugins.get()), ports()));
        layers.opened(id, true);
        crowded.offer(ANY_EPOCH, new CellInput.Divide(id, share));
        return id;
    }

    void merge(RegionId region, int layer) {
        layers.merge(new CellId(idOf(region).world(), region, layer), idOf(region));
    }

    /** After all cells ticked: helps merges along and takes away who is drained. */
    void endTick() {
        for (CellId id : layers.merging()) {
            Cell cell = cells.get(id);
            if (cell == null) {
                continue;
            }
            boolean tooEarly = fault == LayerFault.TAKEN_AWAY_WHEN_EMPTY && cell.entityCount() == 0;
            if (cell.phase() == Cell.Phase.SEALED || tooEarly) {
                cells.remove(id);
                layers.taken(id);
            } else if (cell.drained() && storing) {
                cell.offer(ANY_EPOCH, new CellInput.Seal());
            } else if (cell.movingCount() == 0) {
                cells.values().forEach(Cell::requestImage);
            }
        }
    }

    void beginTick() {
        offeredInTick.clear();
    }

    /** Entities on their way from one cell to another. */
    int inTransitCount() {
        TreeSet<Long> away = new TreeSet<>(offeredInTick);
        for (Cell cell : cells.values()) {
            cell.visit(context -> away.removeIf(id -> context.find(id) != 0));
        }
        return away.size();
    }

    @Nullable
    CellId whereIs(CharacterId character) {
        return directory.get(character);
    }

    /** The entity that the directory names; 0: none. */
    long avatarOf(CharacterId character) {
        return directoryAvatar.getOrDefault(character, 0L);
    }

    /** Hears of each batch that a cell has accepted. */
    void watchIntents(BiConsumer<CellId, CellInput.IntentBatch> watch) {
        intentWatch = watch;
    }

    /** Answers FULL to everything that is offered to this cell. */
    void deafen(CellId cell, boolean isDeaf) {
        if (isDeaf) {
            deaf.add(cell);
        } else {
            deaf.remove(cell);
        }
    }

    /** From now on the steward works like this. */
    void breakLayers(LayerFault how) {
        fault = how;
    }

    /** Layers that are told to merge and are still there. */
    int mergingCount() {
        return layers.mergingCount();
    }

    void storeImages(boolean on) {
        storing = on;
    }

    /** All cells die at once and start again from their stored images. */
    void crashAll() {
        TreeSet<CellId> all = new TreeSet<>(stored.keySet());
        world.map().partition().regions().forEach(region -> all.add(idOf(region)));
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        for (CellId id : all) {
            restarting.add(restarting(grant(id)));
        }
        WorldRestore restore = WorldRestore.plan(restarting, List.of(), loggedOut);
        directory.clear();
        directoryAvatar.clear();
        directoryOwnership.clear();
        offeredInTick.clear();
        cells.clear();
        layers = new RigLayers(idOf(RegionId.ORIGIN).world(), world.map().partition(), this);
        for (CellId id : all) {
            cells.put(id, restore.open(id, List.of(plugins.get()), ports()));
            layers.opened(id, false);
        }
    }

    /** These cells are gone: what is offered to them is refused until {@link #restart}. The others are told. */
    List<CellSpec> crash(List<CellId> ids) {
        List<CellSpec> specs = new ArrayList<>();
        for (CellId id : ids) {
            cells.remove(id);
            specs.add(grant(id));
        }
        directory.forEach((character, cell) -> {
            if (ids.contains(cell) && !travelling.contains(character)) {
                doubtful.add(character);
            }
        });
        for (Cell peer : cells.values()) {
            for (CellSpec spec : specs) {
                peer.offer(ANY_EPOCH, new CellInput.PeerRestarting(spec.cell(), spec.epoch()));
            }
            peer.requestImage();
        }
        return specs;
    }

    /** False while a stored image of a peer does not know of the restart yet: tick, then try again. */
    boolean restart(List<CellSpec> specs) {
        List<CellImage> living = new ArrayList<>();
        TreeSet<CellId> resting = new TreeSet<>(stored.keySet());
        specs.forEach(spec -> resting.remove(spec.cell()));
        for (CellId peer : cells.keySet()) {
            resting.remove(peer);
            CellImage image = stored.get(peer);
            if (image == null || !knows(image, specs)) {
                return false;
            }
            living.add(image);
        }
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        for (CellSpec spec : specs) {
            restarting.add(restarting(spec));
        }
        List<CellImage> atRest = resting.stream().map(stored::get).toList();
        WorldRestore restore = WorldRestore.plan(restarting, living, atRest, loggedOut);
        for (CellSpec spec : specs) {
            Cell cell = restore.open(spec.cell(), List.of(plugins.get()), ports());
            cells.put(spec.cell(), cell);
            if (fault != LayerFault.NOT_TOLD_AGAIN) {
                layers.tellAnew(cell);
            }
        }
        directory.keySet().removeAll(doubtful);
        directoryAvatar.keySet().removeAll(doubtful);
        directoryOwnership.keySet().removeAll(doubtful);
        doubtful.clear();
        return true;
    }

    private boolean knows(CellImage peer, List<CellSpec> specs) {
        return specs.stream().allMatch(spec -> WorldRestore.knows(world, peer, spec.cell(), spec.epoch()));
    }

    private WorldRestore.Restarting restarting(CellSpec spec) {
        List<CellFacts> journal = journals.getOrDefault(spec.cell(), List.of());
        List<CellFacts> read = switch (journalFault) {
            case NONE -> journal;
            case IGNORED -> List.of();
            case CUT -> journal.subList(0, journal.size() / 2);
            case BACKWARDS -> journal.reversed();
        };
        return new WorldRestore.Restarting(spec, stored.get(spec.cell()), read);
    }

    void breakJournals(JournalFault how) {
        journalFault = how;
    }

    private CellSpec grant(CellId id) {
        return new CellSpec(id, epoch++, incarnation++, world, settings);
    }

    private CellPorts ports() {
        return new CellPorts(this::send, gateways, this, tally, () -> 0, taps);
    }

    private Admission send(CellId target, long epochOfSender, CellInput message) {
        if (twins != null) {
            twins.offered(target, message);
        }
        return offer(target, epochOfSender, message);
    }

    /** Moves one cell forward. */
    void tick(Cell cell, long tick, long millis) {
        if (twins != null) {
            twins.beginCell();
        }
        cell.tick(tick, millis);
    }

    @Override
    public Admission offer(CellId target, long epochOfSender, CellInput message) {
        Cell cell = cells.get(target);
        if (cell == null) {
            return Admission.UNKNOWN;
        }
        Admission admission = deaf.contains(target) ? Admission.FULL : cell.offer(epochOfSender, message);
        if (admission == Admission.ACCEPTED && message instanceof CellInput.HandoffOffer offer) {
            offeredInTick.add(offer.entity());
        }
        if (admission == Admission.ACCEPTED && message instanceof CellInput.IntentBatch batch) {
            intentWatch.accept(target, batch);
        }
        return admission;
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        if (directoryOwnership.merge(character, ownership, Math::max) == ownership) {
            travelling.remove(character);
            doubtful.remove(character);
            directory.put(character, cell);
            directoryAvatar.put(character, entity);
        }
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        if (ownership > directoryOwnership.getOrDefault(character, 0)) {
            avatarHere(to, character, entity, ownership);
            travelling.add(character);
        }
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        if (directoryOwnership.getOrDefault(character, 0) == ownership) {
            directory.remove(character);
            directoryAvatar.remove(character);
            directoryOwnership.remove(character);
        }
    }

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {
        loggedOut.merge(character, generation, Math::max);
    }

    @Override
    public void facts(TickFacts told) {
        facts.add(told);
        if (storing) {
            journals.computeIfAbsent(told.cell(), _ -> new ArrayList<>()).add(told.journal());
            offer(told.cell(), ANY_EPOCH, new CellInput.FactsStored(told.tick()));
        }
    }

    @Override
    public void commandElsewhere(CellId cell, CellCommand command) {
        elsewhere.add(command);
    }

    List<TickFacts> facts() {
        return facts;
    }

    List<CellCommand> elsewhere() {
        return elsewhere;
    }

    @Override
    public void image(ImageDraft draft, boolean last) {
        if (storing) {
            CellImage image = draft.finish();
            stored.put(image.cell(), image);
            offer(image.cell(), ANY_EPOCH, new CellInput.CheckpointStored(image.tick()));
        }
    }
}
