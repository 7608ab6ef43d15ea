package dev.terrane.games.skirmish;

import dev.terrane.base.RegionId;
import dev.terrane.plugin.CellContext;
import dev.terrane.space.Bounds;
import dev.terrane.space.Partition;

/** A free place in a region: {@link #seek} one, then read {@code x} and {@code y}, local metres. */
final class Places {
    /** Even an endless region is used only this far around its centre. */
    private static final double RADIUS_MAX = 400;

    private static final int TRIES = 8;

    private final long[] found = new long[1];
    float x;
    float y;

    /** Metres around the centre that surely belong to the region. */
    static double innerRadius(Partition partition, RegionId region) {
        Bounds bounds = partition.bounds(region);
        return Math.min(RADIUS_MAX, Math.min(bounds.width(), bounds.height()) / 2);
    }

    /** Takes the first place with nobody within {@code clearance}, or the last of a few tries. */
    void seek(CellContext cell, float clearance) {
        double reach = 0.85 * innerRadius(cell.map().partition(), cell.cell().region());
        for (int i = 0; i < TRIES; i++) {
            float direction = cell.rng().nextFloat(0, (float) (2 * Math.PI));
            float distance = (float) (reach * Math.sqrt(cell.rng().nextFloat())); // even over the disc
            x = distance * Angles.cos(direction);
            y = distance * Angles.sin(direction);
            if (cell.near(x, y, clearance, found) == 0) {
                return;
            }
        }
    }
}
