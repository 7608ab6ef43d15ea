package dev.terrane.testkit;

import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.function.Supplier;

/**
 * All cells of a world in one thread. Nothing happens between calls of {@link #tick}; the same calls with the same seed give the same
 * world.
 */
public final class HandCrankedWorld {
    private HandCrankedWorld() {}

    /** @param plugin makes a fresh instance for each cell */
    public static HandCrankedWorld of(Supplier<? extends WorldPlugin> plugin, Partition partition, long seed) {
        throw new UnsupportedOperationException("" + plugin + partition + seed);
    }

    /** A player enters at the plugin's entrance; ticks once, so that it has joined when this returns. */
    public TestPlayer join(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** A player enters at a place of the test's choice, in world metres. */
    public TestPlayer join(String name, double worldX, double worldY) {
        throw new UnsupportedOperationException(name + worldX + worldY);
    }

    /** Moves every cell forward, in the partition's order. */
    public void tick(int count) {
        throw new UnsupportedOperationException("" + count);
    }

    public long lastTick() {
        throw new UnsupportedOperationException();
    }

    /** Every entity that has all of these components, cell by cell, by rising id. */
    @SafeVarargs
    public final List<EntityView> entities(Class<? extends Record>... all) {
        throw new UnsupportedOperationException("" + all.length);
    }

    /** @throws IllegalArgumentException if no cell owns it */
    public EntityView entity(long id) {
        throw new UnsupportedOperationException("" + id);
    }

    /** What systems emitted in the last {@code tickCount} ticks, in order, of one type. */
    public <E extends Record> List<E> events(Class<E> type, int tickCount) {
        throw new UnsupportedOperationException("" + type + tickCount);
    }

    public Cell cell(RegionId region) {
        throw new UnsupportedOperationException(region.toString());
    }

    /** Works on a cell between ticks, for example to set the stage: what it spawns is there in the next tick. */
    public void visit(RegionId region, CellSystem visitor) {
        throw new UnsupportedOperationException(region.toString() + visitor);
    }

    /** Fingerprint of all cells' states. */
    public long stateHash() {
        throw new UnsupportedOperationException();
    }
}
