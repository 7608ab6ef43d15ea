package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final TreeSet<CellId> deaf = new TreeSet<>();
    private final Map<CharacterId, CellId> directory = new HashMap<>();
    private final Map<CharacterId, Integer> directoryOwnership = new HashMap<>();
    private final Map<CharacterId, Integer> loggedOut = new HashMap<>();
    /** Entities offered since the tick began: what a later cell hands to an earlier one is nowhere until the next tick. */
    private final TreeSet<Long> offeredInTick = new TreeSet<>();

    private final Tally tally = new Tally();
    private boolean storing = true;
    private long epoch = 1;
    private int incarnation = 1;

    CellRig(World world, CellSettings settings, Supplier<PluginModule> plugins, GatewayPort gateways) {
        this.world = world;
        this.settings = settings;
        this.plugins = plugins;
        this.gateways = gateways;
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
        return new CellId(new dev.terrane.base.WorldId(world.map().world()), region, 0);
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

    /** Answers FULL to everything that is offered to this cell. */
    void deafen(CellId cell, boolean isDeaf) {
        if (isDeaf) {
            deaf.add(cell);
        } else {
            deaf.remove(cell);
        }
    }

    void storeImages(boolean on) {
        storing = on;
    }

    /** All cells die at once and start again from their stored images. */
    void crashAll() {
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        for (CellId id : cells.keySet()) {
            restarting.add(new WorldRestore.Restarting(grant(id), stored.get(id)));
        }
        WorldRestore restore = WorldRestore.plan(restarting, List.of(), loggedOut);
        directory.clear();
        directoryOwnership.clear();
        offeredInTick.clear();
        for (CellId id : List.copyOf(cells.keySet())) {
            cells.put(id, restore.open(id, List.of(plugins.get()), ports()));
        }
    }

    /** These cells are gone: what is offered to them is refused until {@link #restart}. The others are told. */
    List<CellSpec> crash(List<CellId> ids) {
        List<CellSpec> specs = new ArrayList<>();
        for (CellId id : ids) {
            cells.remove(id);
            specs.add(grant(id));
        }
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
        for (CellId peer : cells.keySet()) {
            CellImage image = stored.get(peer);
            if (image == null || !knows(image, specs)) {
                return false;
            }
            living.add(image);
        }
        List<WorldRestore.Restarting> restarting = new ArrayList<>();
        for (CellSpec spec : specs) {
            restarting.add(new WorldRestore.Restarting(spec, stored.get(spec.cell())));
        }
        WorldRestore restore = WorldRestore.plan(restarting, living, loggedOut);
        for (CellSpec spec : specs) {
            cells.put(spec.cell(), restore.open(spec.cell(), List.of(plugins.get()), ports()));
        }
        return true;
    }

    private boolean knows(CellImage peer, List<CellSpec> specs) {
        return specs.stream().allMatch(spec -> WorldRestore.knows(world, peer, spec.cell(), spec.epoch()));
    }

    private CellSpec grant(CellId id) {
        return new CellSpec(id, epoch++, incarnation++, world, settings);
    }

    private CellPorts ports() {
        return new CellPorts(this, gateways, this, tally, () -> 0);
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
        return admission;
    }

    @Override
    public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
        if (directoryOwnership.merge(character, ownership, Math::max) == ownership) {
            directory.put(character, cell);
        }
    }

    @Override
    public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
        avatarHere(to, character, entity, ownership);
    }

    @Override
    public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
        if (directoryOwnership.getOrDefault(character, 0) == ownership) {
            directory.remove(character);
            directoryOwnership.remove(character);
        }
    }

    @Override
    public void loggedOut(CellId cell, CharacterId character, int generation) {
        loggedOut.merge(character, generation, Math::max);
    }

    @Override
    public void image(CellImage image, boolean last) {
        if (storing) {
            stored.put(image.cell(), image);
            offer(image.cell(), ANY_EPOCH, new CellInput.CheckpointStored(image.tick()));
        }
    }
}
