package dev.terrane.plugin;

import dev.terrane.ecs.Table;

/**
 * How entities move, running in one cell: the module that {@link WorldPlugin#movementRule} gives. Players' clients run the same, to the last bit, on
 * their own avatar, and so are ahead of the server without being wrong.
 *
 * <p>Metres, seconds, radians; positions as in {@link dev.terrane.plugin.kit.Position}. Call it within the cell's tick, as everything of a plugin.
 */
public interface MovementRule {
    /**
     * Moves all entities of the table on. Of what the rule reads, a field that the table does not have counts as 0; what it writes is
     * marked as changed where its bits differ.
     *
     * @param seconds of simulated time: {@link CellContext#dtSeconds}
     * @throws IllegalStateException if the rule stopped of itself, by a trap: a bug in the module
     */
    void step(Table table, float seconds);

    /** What {@link #bounce} takes at most; of more, the first count. */
    int SOLID_COUNT_MAX = 32;

    /**
     * Keeps one entity out of what is in its way, after {@link #step}.
     *
     * @param solids x, y and radius of each, in metres as {@link dev.terrane.plugin.kit.Position}; the first {@code solidCount} of them
     * @throws IllegalStateException if the rule has no {@code bounce}, or stopped of itself
     */
    void bounce(Table table, int row, float[] solids, int solidCount);
}
