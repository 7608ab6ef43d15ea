package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings cells back from images that were taken at different ticks: decides, before their first tick, which copy of each entity lives
 * and which hand-offs are still to be delivered, so that nobody is lost or doubled.
 *
 * <p>A whole world: all its cells restart, nobody lives. One cell alone: grant it a new epoch, offer
 * {@link dev.terrane.protocol.cluster.CellInput.PeerRestarting} to every other cell of the world, ask those for images until each stored one
 * {@link #knows}, and plan with them as {@code living}.
 */
public final class WorldRestore {
    private WorldRestore() {}

    /**
     * A cell that starts again.
     *
     * @param spec with its new epoch and incarnation
     * @param image the latest in the store; null: there is none, it starts without a past
     */
    public record Restarting(CellSpec spec, @Nullable CellImage image) {}

    /**
     * @param restarting cells of one world
     * @param living stored images of the world's other cells, each of which {@link #knows} of the restart
     * @param loggedOut highest generation under which each character was logged out: their avatars stay away
     * @throws ImageRefusedException if an image is of another format or schema, or damaged; it says what to do
     */
    public static WorldRestore plan(
            List<Restarting> restarting, List<CellImage> living, Map<CharacterId, Integer> loggedOut) {
        throw new UnsupportedOperationException("" + restarting + living + loggedOut.size());
    }

    /** Whether this image of a living peer was taken after it had heard that {@code cell} restarts under {@code epoch}. */
    public static boolean knows(World world, CellImage peer, CellId cell, long epoch) {
        throw new UnsupportedOperationException("" + world.map() + peer + cell + epoch);
    }

    /** The highest tick of all images, or -1: every cell goes on after it. */
    public long lastTick() {
        throw new UnsupportedOperationException();
    }

    /** Opens a restarting cell: from its image, or without a past where there is none. */
    public Cell open(CellId cell, List<PluginModule> plugins, CellPorts ports) {
        throw new UnsupportedOperationException(cell.toString() + plugins + ports);
    }

    /** Entities of the cell's image that stay away, because a truer copy lives elsewhere or they were logged out. */
    public int droppedCount(CellId cell) {
        throw new UnsupportedOperationException(cell.toString());
    }
}
