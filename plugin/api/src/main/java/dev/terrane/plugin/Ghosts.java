package dev.terrane.plugin;

import dev.terrane.ecs.EntityStore;

/**
 * Entities of other cells that this one sees: read-only, partial copies, at most a few ticks old. Use it only inside the call that handed the context over.
 *
 * <p>They stand in a store of their own, so systems that move and count entities never touch them. Whoever wants something of them says so by
 * {@link CellContext#intend}. A value written here is nobody's and is soon overwritten.
 */
public interface Ghosts {
    /** Their components: those that clients see, and those that {@link WorldPlugin#ghosted} names. Positions are local to this cell. */
    EntityStore entities();

    /** Like {@link CellContext#near}, among the ghosts: handles of {@link #entities}. */
    int near(float x, float y, float radiusMetres, long[] into);

    /** The id of a ghost. */
    long idOf(long ghost);

    /** The handle of the ghost with this id, or 0. */
    long find(long entityId);
}
