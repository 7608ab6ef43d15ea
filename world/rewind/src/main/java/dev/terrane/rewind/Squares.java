package dev.terrane.rewind;

import dev.terrane.plugin.Place;
import dev.terrane.space.Bounds;
import java.util.Arrays;

/**
 * Who was in which square at the end of a tick, and how far anybody moved in the next: until then nobody is farther than that from its square. A uniform grid, filled by counting sort. It
 * is worked out when it is asked for, so it costs nothing where nobody looks back.
 */
final class Squares {
    /** Rounding must not put anybody out of reach. */
    private static final float SLACK_METRES = 0.01f;

    private final float minX;
    private final float minY;
    private final float squaresPerMetre;
    private final int columns;
    private final int rows;
    private final int[] start;
    /** By track; -1: nowhere. */
    private int[] square = {};
    /** In order of squares. */
    private int[] track = {};

    private final Place from = new Place();
    private final Place to = new Place();
    private float stepSquaredMax;
    private long tick = Long.MIN_VALUE;
    private long changes = -1;

    Squares(Bounds bounds, double sideMetres) {
        this.minX = (float) bounds.minX();
        this.minY = (float) bounds.minY();
        this.squaresPerMetre = (float) (1 / sideMetres);
        this.columns = Math.max(1, (int) Math.ceil(bounds.width() / sideMetres));
        this.rows = Math.max(1, (int) Math.ceil(bounds.height() / sideMetres));
        this.start = new int[columns * rows + 1];
    }

    /** Makes them those of this tick, unless they are. */
    void bring(History history, long wanted) {
        if (tick == wanted && changes == history.changes()) {
            return;
        }
        tick = wanted;
        changes = history.changes();
        int limit = history.tracks.limit;
        if (limit > square.length) {
            square = new int[Math.max(limit, square.length * 2)];
            track = new int[square.length];
        }
        Arrays.fill(start, 0);
        stepSquaredMax = 0;
        for (int each = 0; each < limit; each++) {
            square[each] = history.tracks.ids[each] == 0 ? -1 : squareOf(history, each);
            if (square[each] >= 0) {
                start[square[each]]++;
            }
        }
        int sum = 0;
        for (int i = 0; i < start.length; i++) {
            int here = start[i];
            start[i] = sum;
            sum += here;
        }
        for (int each = 0; each < limit; each++) {
            if (square[each] >= 0) {
                track[start[square[each]]++] = each;
            }
        }
        // Filling has moved each start to the next square's.
        System.arraycopy(start, 0, start, 1, start.length - 1);
        start[0] = 0;
    }

    private int squareOf(History history, int each) {
        if (!history.place(each, tick, 0, from)) {
            return -1;
        }
        if (history.place(each, tick + 1, 0, to)) {
            float dx = to.x - from.x;
            float dy = to.y - from.y;
            stepSquaredMax = Math.max(stepSquaredMax, dx * dx + dy * dy);
        }
        return row(from.y) * columns + column(from.x);
    }

    float stepMetresMax() {
        return (float) Math.sqrt(stepSquaredMax) + SLACK_METRES;
    }

    int column(float atX) {
        return Math.clamp((int) ((atX - minX) * squaresPerMetre), 0, columns - 1);
    }

    int row(float atY) {
        return Math.clamp((int) ((atY - minY) * squaresPerMetre), 0, rows - 1);
    }

    /** The squares of one row lie side by side, so they are one run. */
    int start(int row, int column) {
        return start[row * columns + column];
    }

    int end(int row, int column) {
        return start[row * columns + column + 1];
    }

    int track(int index) {
        return track[index];
    }
}
