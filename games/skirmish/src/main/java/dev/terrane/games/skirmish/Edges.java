package dev.terrane.games.skirmish;

import dev.terrane.base.RegionId;
import dev.terrane.plugin.CellContext;
import dev.terrane.space.Partition;
import java.util.Arrays;

/**
 * The rim of the world, as far as it belongs to this cell's region: the sides of its outline with nothing behind them.
 *
 * <p>A craft that comes near is pushed back, harder the further it goes, so that nobody feels a wall and nobody leaves.
 */
final class Edges {
    /** The push begins this far inside. */
    private static final float MARGIN_METRES = 20;
    /** Metres per second, per second, for each metre: stops even a boosting ship within some thirty metres. */
    private static final float STIFFNESS = 8;

    private static final int VALUES_PER_SIDE = 3;

    /** Outward normal x, y and distance of each open side, worked out once from the map: not state. */
    private float[] sides = {};

    private boolean known;

    /** The change of speed along x of whoever is at this place. */
    float pushX(CellContext cell, float x, float y) {
        return push(cell, x, y, 0);
    }

    float pushY(CellContext cell, float x, float y) {
        return push(cell, x, y, 1);
    }

    private float push(CellContext cell, float x, float y, int axis) {
        if (!known) {
            sides = openSides(cell.map().partition(), cell.cell().region());
            known = true;
        }
        float push = 0;
        for (int i = 0; i < sides.length; i += VALUES_PER_SIDE) {
            float beyond = x * sides[i] + y * sides[i + 1] - sides[i + 2] + MARGIN_METRES;
            if (beyond > 0) {
                push -= sides[i + axis] * beyond * STIFFNESS * cell.dtSeconds();
            }
        }
        return push;
    }

    static float[] openSides(Partition partition, RegionId region) {
        double[] corners = partition.outline(region);
        double originX = partition.originX(region);
        double originY = partition.originY(region);
        float[] open = new float[corners.length / 2 * VALUES_PER_SIDE];
        int count = 0;
        for (int i = 0; i < corners.length; i += 2) {
            int next = (i + 2) % corners.length;
            double alongX = corners[next] - corners[i];
            double alongY = corners[next + 1] - corners[i + 1];
            double length = Math.sqrt(alongX * alongX + alongY * alongY);
            double normalX = alongY / length; // outward, because corners run counter-clockwise
            double normalY = -alongX / length;
            double middleX = corners[i] + alongX / 2;
            double middleY = corners[i + 1] + alongY / 2;
            if (partition.regionAt(middleX + normalX, middleY + normalY).equals(region)) {
                open[count++] = (float) normalX;
                open[count++] = (float) normalY;
                open[count++] = (float) ((middleX - originX) * normalX + (middleY - originY) * normalY);
            }
        }
        return Arrays.copyOf(open, count);
    }
}
