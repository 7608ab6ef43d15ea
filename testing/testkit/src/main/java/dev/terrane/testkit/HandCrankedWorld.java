package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.StateHash;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All cells of a world in one thread. Nothing happens between calls of {@link #tick}; the same calls with the same seed give the same
 * world. The world is called {@code test}; players come by gateway 0.
 */
public final class HandCrankedWorld {
    /** Gateway number of all players. */
    public static final int PLAYERS_GATEWAY = 0;

    private static final long MILLIS_PER_SECOND = 1000;

    private final Partition partition;
    private final CellSettings settings;
    private final WorldPlugin entrances;
    private final CellRig rig;
    private final List<Emission> emissions = new ArrayList<>();
    private final SortedMap<Long, TestPlayer> bySession = new TreeMap<>();
    private final Map<CharacterId, Integer> generations = new HashMap<>();
    private final List<Consumer<CellFrame>> frameListeners = new ArrayList<>();
    private final SortedMap<Integer, Consumer<CellOutput>> otherGateways = new TreeMap<>();
    private long lastSession;
    private long lastTick;

    private HandCrankedWorld(
            Supplier<? extends WorldPlugin> plugin,
            Map<String, String> options,
            Partition partition,
            long seed,
            CellSettings settings,
            CellTaps taps) {
        this.partition = partition;
        this.settings = settings;
        this.entrances = plugin.get();
        World world = new World(new WorldMap("test", partition), WorldSchema.of(List.of(entrances)), seed);
        this.rig = new CellRig(
                world,
                settings,
                () -> new PluginModule(new RecordingPlugin(plugin.get(), emissions), options),
                this::deliver,
                taps);
    }

    /** @param plugin makes a fresh instance for each cell */
    public static HandCrankedWorld of(Supplier<? extends WorldPlugin> plugin, Partition partition, long seed) {
        return of(plugin, Map.of(), partition, seed, CellSettings.defaults());
    }

    /** @param options of the plugin's entry in the modules file */
    public static HandCrankedWorld of(
            Supplier<? extends WorldPlugin> plugin,
            Map<String, String> options,
            Partition partition,
            long seed,
            CellSettings settings) {
        return new HandCrankedWorld(plugin, options, partition, seed, settings, CellTaps.none());
    }

    /** As the other, with somebody who hears what cells consume, {@link Twins} for example. Looking at the world's entities interrupts him. */
    public static HandCrankedWorld tapped(
            Supplier<? extends WorldPlugin> plugin,
            Map<String, String> options,
            Partition partition,
            long seed,
            CellSettings settings,
            CellTaps taps) {
        return new HandCrankedWorld(plugin, options, partition, seed, settings, taps);
    }

    /** A player enters at the plugin's entrance; ticks once, so that it has joined when this returns. */
    public TestPlayer join(String name) {
        long seed = World.characterSeed(characterOf(name));
        WorldPosition entrance = entrances.entrance(rig.world().map(), seed);
        return join(name, entrance.x(), entrance.y());
    }

    /** A player enters at a place of the test's choice, in world metres; ticks once. */
    public TestPlayer join(String name, double worldX, double worldY) {
        TestPlayer player = offerJoin(name, worldX, worldY);
        tick(1);
        return player;
    }

    /** As {@link #join(String, double, double)}, without the tick. */
    public TestPlayer offerJoin(String name, double worldX, double worldY) {
        TestPlayer player = new TestPlayer(this, name, characterOf(name));
        offerJoin(player, worldX, worldY);
        return player;
    }

    /** The player comes back after its connection was lost, with a session of its own; ticks once. */
    public void rejoin(TestPlayer player, double worldX, double worldY) {
        offerJoin(player, worldX, worldY);
        tick(1);
    }

    private void offerJoin(TestPlayer player, double worldX, double worldY) {
        RegionId region = partition.regionAt(worldX, worldY);
        CellId known = rig.whereIs(player.character());
        player.session = ++lastSession;
        bySession.put(player.session, player);
        offer(
                known == null ? rig.entranceOf(region) : known,
                new CellInput.Join(
                        player.session,
                        PLAYERS_GATEWAY,
                        player.character(),
                        generations.merge(player.character(), 1, Integer::sum),
                        player.name(),
                        rig.avatarOf(player.character()),
                        (float) (worldX - partition.originX(region)),
                        (float) (worldY - partition.originY(region))));
    }

    private static CharacterId characterOf(String name) {
        return new CharacterId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Moves every cell forward, in order of cell ids. */
    public void tick(int count) {
        for (int i = 0; i < count; i++) {
            lastTick++;
            rig.beginTick();
            bySession.values().forEach(TestPlayer::flush);
            long millis = lastTick * MILLIS_PER_SECOND / settings.rates().simulationHz();
            for (Cell cell : rig.cells()) {
                rig.tick(cell, lastTick, millis);
            }
            rig.endTick();
        }
    }

    public long lastTick() {
        return lastTick;
    }

    /** Every entity that has all of these components, cell by cell, by rising id. */
    @SafeVarargs
    public final List<EntityView> entities(Class<? extends Record>... all) {
        List<EntityView> views = new ArrayList<>();
        for (Cell cell : rig.cells()) {
            cell.visit(context -> Views.collect(context, List.of(all), views));
        }
        return views;
    }

    /** @throws IllegalArgumentException if no cell owns it */
    public EntityView entity(long id) {
        for (Cell cell : rig.cells()) {
            EntityView[] found = new EntityView[1];
            cell.visit(context -> found[0] = Views.find(context, id));
            if (found[0] != null) {
                return found[0];
            }
        }
        throw new IllegalArgumentException(
                "no cell owns entity " + id + "; if it is crossing a border, it arrives with the next tick");
    }

    /** What systems emitted and told in the last {@code tickCount} ticks, in order, of one type. */
    public <E extends Record> List<E> events(Class<E> type, int tickCount) {
        return emissions.stream()
                .filter(emission -> emission.tick() > lastTick - tickCount)
                .map(Emission::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public Cell cell(RegionId region) {
        return rig.cell(rig.idOf(region));
    }

    /** One layer of a region. */
    public Cell cell(RegionId region, int layer) {
        return rig.cell(new CellId(rig.idOf(region).world(), region, layer));
    }

    /** The layers that a region has now, ascending. */
    public List<Integer> layersOf(RegionId region) {
        return List.copyOf(rig.layersOf(region));
    }

    /**
     * Opens another layer of the region, which from now on takes in newcomers; its fullest cell hands over about this share of its entities, some each
     * tick.
     */
    public CellId split(RegionId region, float share) {
        return rig.split(region, share);
    }

    /** Everybody of this layer goes to layer 0, some each tick; when that is done the layer is taken away. */
    public void merge(RegionId region, int layer) {
        rig.merge(region, layer);
    }

    /** Layers whose merge is not over yet. */
    public int mergingCount() {
        return rig.mergingCount();
    }

    /** Whoever splits and merges does it wrong from now on. */
    void breakLayers(LayerFault how) {
        rig.breakLayers(how);
    }

    /** Schema, partition and seed. */
    public World world() {
        return rig.world();
    }

    /** Works on a cell between ticks, for example to set the stage: what it spawns is there in the next tick. */
    public void visit(RegionId region, CellSystem visitor) {
        cell(region).visit(visitor);
    }

    /** Entities that have left their cell and not yet come into the next. */
    public int inTransitCount() {
        return rig.inTransitCount();
    }

    /**
     * A counter of the cells' metrics, all cells together, from the start.
     *
     * @param policy value of the metric's label of that name; empty for a metric without
     */
    public long count(String metric, String policy) {
        return rig.tally().of(metric, policy);
    }

    /** Fingerprint of all cells' states. */
    public long stateHash() {
        StateHash hash = new StateHash();
        for (Cell cell : rig.cells()) {
            hash.add(cell.stateHash());
        }
        return hash.value();
    }

    /** Hears of each batch of intents that a cell has accepted. */
    void watchIntents(BiConsumer<CellId, CellInput.IntentBatch> watch) {
        rig.watchIntents(watch);
    }

    /** Everything that is offered to this cell is refused as FULL from now on, or no longer. */
    public void deafen(RegionId region, boolean deaf) {
        rig.deafen(rig.idOf(region), deaf);
    }

    /** The cell's image of its next tick is stored. */
    public void checkpoint(RegionId region) {
        cell(region).requestImage();
    }

    /** Whether images reach the store. They do, unless told otherwise. */
    public void storeImages(boolean on) {
        rig.storeImages(on);
    }

    /** From now on cells restart like this. */
    void breakJournals(JournalFault how) {
        rig.breakJournals(how);
    }

    /** What all cells wanted to be durable, in the order in which they said so. */
    public List<TickFacts> facts() {
        return List.copyOf(rig.facts());
    }

    /** Commands that reached a cell which they were not for. */
    public List<CellCommand> commandsElsewhere() {
        return List.copyOf(rig.elsewhere());
    }

    /** All cells die and start again from their last stored images; all connections are lost. */
    public void crashAll() {
        rig.crashAll();
        bySession.values().forEach(TestPlayer::connectionLost);
        bySession.clear();
    }

    /** Every cell takes its last image and stops with the next tick, as when the server is stopped; {@link #crashAll} starts them again. */
    public void shutDown() {
        for (Cell cell : rig.cells()) {
            offer(cell.id(), new CellInput.Seal());
        }
        tick(1);
    }

    /** One cell dies; the others live on and are told. Ticks go on until {@link #restart} says that it is back. */
    public CellSpec crash(RegionId region) {
        return crash(List.of(region)).getFirst();
    }

    /** Some cells die together. */
    public List<CellSpec> crash(List<RegionId> regions) {
        return rig.crash(regions.stream().map(rig::idOf).toList());
    }

    /** One layer of a region dies; see {@link #crash(RegionId)}. */
    public List<CellSpec> crashLayer(RegionId region, int layer) {
        return rig.crash(List.of(cell(region, layer).id()));
    }

    /** False while peers have not stored images that know of the restart: tick, then try again. */
    public boolean restart(CellSpec spec) {
        return restart(List.of(spec));
    }

    /** As {@link #restart(CellSpec)}, for cells that died together. */
    public boolean restart(List<CellSpec> specs) {
        return rig.restart(specs);
    }

    /** Another gateway than that of the players: hears all its frames. Watch by offering to cells. */
    public void addGateway(int number, Consumer<CellFrame> frames) {
        connectGateway(number, output -> {
            if (output instanceof CellFrame frame) {
                frames.accept(frame);
            }
        });
    }

    /** Another gateway, which hears everything that cells tell it: a real one can be driven so. */
    public void connectGateway(int number, Consumer<CellOutput> hears) {
        otherGateways.put(number, hears);
    }

    /** The cell that lets newcomers of this region in. */
    public CellId entranceOf(RegionId region) {
        return rig.entranceOf(region);
    }

    /** Hears every frame for the players' gateway. */
    public void onFrame(Consumer<CellFrame> listener) {
        frameListeners.add(listener);
    }

    public Admission offer(CellId cell, CellInput message) {
        return rig.offer(cell, CellPort.ANY_EPOCH, message);
    }

    private boolean deliver(int gateway, CellOutput output) {
        if (gateway != PLAYERS_GATEWAY) {
            Consumer<CellOutput> other = otherGateways.get(gateway);
            if (other != null) {
                other.accept(output);
            }
            return other != null;
        }
        switch (output) {
            case CellFrame frame -> {
                for (int i = 0; i < frame.avatarCount(); i++) {
                    TestPlayer player = bySession.get(frame.session()[i]);
                    if (player != null && frame.cell().equals(player.cell())) {
                        player.acknowledge(frame.ackedSeq()[i]);
                    }
                }
                frameListeners.forEach(listener -> listener.accept(frame));
            }
            case CellOutput.Joined joined -> tell(joined.session(), joined);
            case CellOutput.JoinRefused refused -> tell(refused.session(), refused);
            case CellOutput.Moved moved -> tell(moved.session(), moved);
            case CellOutput.SessionEnded ended -> tell(ended.session(), ended);
            case CellOutput.ToClient message -> tell(message.session(), message);
            case CellOutput.Offended offended -> tell(offended.session(), offended);
            case CellOutput.CellUp _, CellOutput.Layers _, CellOutput.Pace _ -> {}
        }
        return true;
    }

    private void tell(long session, CellOutput output) {
        @Nullable TestPlayer player = bySession.get(session);
        if (player != null && player.session == session) {
            player.receive(output);
        }
    }
}
