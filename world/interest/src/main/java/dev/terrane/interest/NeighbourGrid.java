package dev.terrane.interest;

import dev.terrane.ecs.EntityStore;
import dev.terrane.space.Bounds;

/**
 * Who is near a place, as of the last {@link #rebuild}. A uniform grid filled by counting sort: the order of answers depends on the store's history
 * only.
 *
 * <p>Not thread-safe: called by the cell's tick only.
 */
public final class NeighbourGrid {
    /**
     * @param bounds of the region; whoever stands outside is filed under the nearest square
     * @param sideMetres of a square; about the radius that is asked most
     */
    public NeighbourGrid(Bounds bounds, double sideMetres) {
        throw new UnsupportedOperationException();
    }

    /** Takes in every entity that has a position. */
    public void rebuild(EntityStore entities) {
        throw new UnsupportedOperationException();
    }

    /** Collects handles of entities within the radius; returns how many. What does not fit into {@code into} is left out. */
    public int near(float x, float y, float radiusMetres, long[] into) {
        throw new UnsupportedOperationException();
    }
}
