package dev.terrane.plugin;

/**
 * Where entities were at one moment, as this cell knows it: its own and its ghosts, each as of its owner's tick, and those that have left or died since. Only entities with a
 * component that {@link WorldPlugin#remembered} names are in it. Read-only; of the call that handed the context over, and until the next {@link CellContext#past}.
 *
 * <p>A place between two ticks is on the line between the two. What was first seen after the moment stands where it was first seen; what has jumped, or whose
 * past {@link CellContext#forgetPast} ended, is nowhere before that.
 */
public interface Past {
    /** How long ago, in ticks: what was asked for, within what is kept ({@code rewind.historyMs}). */
    float ticksAgo();

    /**
     * Collects the ids of entities that were within the radius, in a fixed order; it says nothing of whether they live. Returns how many were put into {@code ids}; what does not fit
     * is left out.
     */
    int near(float x, float y, float radiusMetres, long[] ids);

    /** Writes the entity's place at the moment into {@code into}; false, and nothing is written, if it was nowhere. */
    boolean find(long entityId, Place into);
}
