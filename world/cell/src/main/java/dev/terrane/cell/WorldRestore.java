package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.handoff.HandoffMachine;
import dev.terrane.handoff.HandoffSettings;
import dev.terrane.handoff.RestorePlan;
import dev.terrane.handoff.RestorePlan.CellPlan;
import dev.terrane.handoff.RestoredCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings cells back from images that were taken at different ticks, and from their journals since: decides, before their first tick, which copy of each entity lives
 * and which hand-offs are still to be delivered, so that nobody is lost or doubled.
 *
 * <p>A whole world: all its cells restart, nobody lives. One cell alone: grant it a new epoch, offer
 * {@link dev.terrane.protocol.cluster.CellInput.PeerRestarting} to every other cell of the world, ask those for images until each stored one
 * {@link #knows}, and plan with them as {@code living}.
 */
public final class WorldRestore {
    private final SortedMap<CellId, Revival> revivals = new TreeMap<>();
    private final long lastTick;

    private WorldRestore(long lastTick) {
        this.lastTick = lastTick;
    }

    /**
     * A cell that starts again.
     *
     * @param spec with its new epoch and incarnation
     * @param image the latest in the store; null: there is none, it starts without a past
     * @param journal facts since that image, in the order of (epoch, tick)
     */
    public record Restarting(CellSpec spec, @Nullable CellImage image, List<CellFacts> journal) {
        /** Without a journal. */
        public Restarting(CellSpec spec, @Nullable CellImage image) {
            this(spec, image, List.of());
        }
    }

    /**
     * @param restarting cells of one world, at least one
     * @param living stored images of the world's other cells, each of which {@link #knows} of the restart
     * @param loggedOut highest generation under which each character was logged out: their avatars stay away
     * @throws ImageRefusedException if an image or a journal is of another format, or of a schema from which nothing leads here, or damaged; it says
     *     what to do
     */
    public static WorldRestore plan(
            List<Restarting> restarting, List<CellImage> living, Map<CharacterId, Integer> loggedOut) {
        return plan(restarting, living, List.of(), loggedOut);
    }

    /**
     * As the other, in a world that has cells at rest.
     *
     * @param resting last stored images of layers that were taken away when they were {@link Cell#drained}; they need not know of the restart. When the
     *     whole world restarts there are none: every cell that has an image restarts
     */
    public static WorldRestore plan(
            List<Restarting> restarting,
            List<CellImage> living,
            List<CellImage> resting,
            Map<CharacterId, Integer> loggedOut) {
        World world = restarting.getFirst().spec().world();
        List<RestoredCell> cells = new ArrayList<>();
        List<CellState> states = new ArrayList<>();
        List<JournalTail> tails = new ArrayList<>();
        long lastTick = -1;
        for (Restarting cell : restarting) {
            CellState state = stateOf(cell);
            JournalTail tail = JournalTail.read(cell.spec(), cell.image(), cell.journal(), loggedOut);
            states.add(state);
            tails.add(tail);
            lastTick = Math.max(lastTick, Math.max(state.tick(), tail.lastTick()));
            cells.add(ImageCensus.count(cell.spec().cell(), true, state, loggedOut, tail.told()));
        }
        for (CellImage image : living) {
            CellState state = read(world, image);
            lastTick = Math.max(lastTick, state.tick());
            cells.add(ImageCensus.count(image.cell(), false, state, loggedOut, List.of()));
        }
        WorldRestore restore = new WorldRestore(lastTick);
        List<HandoffMachine> atRest = new ArrayList<>();
        for (CellImage image : resting) {
            atRest.add(read(world, image).handoffs());
        }
        List<CellPlan> plans = RestorePlan.of(cells, atRest);
        for (int i = 0; i < restarting.size(); i++) {
            CellSpec spec = restarting.get(i).spec();
            restore.revivals.put(spec.cell(), new Revival(spec, states.get(i), tails.get(i), plans.get(i)));
        }
        return restore;
    }

    /**
     * Opens one layer of a crowded region, among living cells: for the first time, or anew after it was taken away. It begins without anybody, and
     * goes on with the numbers of its hand-offs, so never delete the last image of a layer.
     *
     * @param spec with its new epoch and incarnation; layer 1 or higher
     * @param image its last stored one, null if it never had any
     * @throws IllegalStateException if it was not taken away when it was {@link Cell#drained}: then it restarts as any other cell
     */
    public static Cell wake(CellSpec spec, @Nullable CellImage image, List<PluginModule> plugins, CellPorts ports) {
        if (spec.cell().layer() == 0) {
            throw new IllegalArgumentException(
                    spec.cell() + " is the first layer of its region, which is never taken away");
        }
        if (image == null) {
            return Cell.open(spec, plugins, ports);
        }
        WorldRestore restore = plan(List.of(new Restarting(spec, image)), List.of(), Map.of());
        CellState state = restore.revival(spec.cell()).state();
        if (state.store().size() != 0 || !state.handoffs().kept().isEmpty()) {
            throw new IllegalStateException("the last image of " + spec.cell() + " is not at rest: "
                    + state.store().size() + " entities live in it; restart it among the images of its peers");
        }
        return restore.open(spec.cell(), plugins, ports);
    }

    private static CellState stateOf(Restarting cell) {
        CellSpec spec = cell.spec();
        CellImage image = cell.image();
        if (image == null) {
            return CellState.newborn(spec);
        }
        if (!image.cell().equals(spec.cell()) || image.epoch() > spec.epoch()) {
            throw new IllegalArgumentException("cell " + spec.cell() + " under epoch " + spec.epoch()
                    + " cannot start from the image of " + image.cell() + " under epoch " + image.epoch());
        }
        return ImageFormat.read(image, spec.world().schema(), Body.newHandoffs(spec));
    }

    /** Whether this image of a living peer was taken after it had heard that {@code cell} restarts under {@code epoch}. */
    public static boolean knows(World world, CellImage peer, CellId cell, long epoch) {
        return RestorePlan.knows(read(world, peer).handoffs(), cell, epoch);
    }

    private static CellState read(World world, CellImage image) {
        HandoffMachine handoffs = new HandoffMachine(image.cell(), image.epoch(), List.of(), HandoffSettings.DEFAULT);
        return ImageFormat.read(image, world.schema(), handoffs);
    }

    /** The highest tick of all images and journals, or -1: every cell goes on after it. */
    public long lastTick() {
        return lastTick;
    }

    /** Opens a restarting cell: from its image, or without a past where there is none. Once per cell. */
    public Cell open(CellId cell, List<PluginModule> plugins, CellPorts ports) {
        return LiveCell.restore(revival(cell), lastTick, plugins, ports);
    }

    /** Under which it is to open. */
    public long epoch(CellId cell) {
        return revival(cell).spec().epoch();
    }

    /** Entities of the cell's image that stay away, because a truer copy lives elsewhere or they were logged out. */
    public int droppedCount(CellId cell) {
        return revival(cell).plan().drop().length;
    }

    private Revival revival(CellId cell) {
        Revival revival = revivals.get(cell);
        if (revival == null) {
            throw new IllegalArgumentException(
                    "cell " + cell + " is not among those that restart: " + revivals.keySet());
        }
        return revival;
    }
}
