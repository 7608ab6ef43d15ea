package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.Arrays;

/** Finds the sides of a region with nothing behind them: a step outwards from their middle ends in the region itself, where positions are clamped. */
final class OpenSides {
    private static final int VALUES_PER_SIDE = 3;

    private OpenSides() {}

    static float[] of(Partition partition, RegionId region) {
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
