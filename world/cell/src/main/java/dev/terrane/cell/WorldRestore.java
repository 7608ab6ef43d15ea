package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import java.util.List;
import java.util.Map;

/**
 * Brings a world back from images that were taken at different ticks: decides, before the first tick, which copy of each entity lives
 * and which hand-offs are still to be delivered, so that nobody is lost or doubled.
 */
public final class WorldRestore {
    private WorldRestore() {}

    /**
     * @param images the latest of each cell that has one
     * @param loggedOut highest generation under which each character was logged out: their avatars stay away
     * @throws ImageRefusedException if an image is of another format or schema, or damaged; it says what to do
     */
    public static WorldRestore plan(World world, List<CellImage> images, Map<CharacterId, Integer> loggedOut) {
        throw new UnsupportedOperationException(
                "lands with world/handoff: " + world.map() + images.size() + loggedOut.size());
    }

    /** The highest tick of all images, or -1: every cell goes on after it. */
    public long lastTick() {
        throw new UnsupportedOperationException();
    }

    /** Opens the cell from its image, under its new grant; without an image it starts without a past. */
    public Cell open(CellSpec spec, List<PluginModule> plugins, CellPorts ports) {
        throw new UnsupportedOperationException(spec.toString() + plugins + ports);
    }

    /** Entities that this plan left out of the cell's image, because a truer copy lives elsewhere or they were logged out. */
    public int droppedCount(CellId cell) {
        throw new UnsupportedOperationException(cell.toString());
    }
}
