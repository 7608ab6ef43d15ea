package dev.terrane.interest;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.Bounds;
import java.util.Arrays;

/**
 * Who is near a place, as of the last {@link #rebuild}. A uniform grid filled by counting sort: the order of answers depends on the store's history
 * only.
 *
 * <p>Not thread-safe: called by the cell's tick only.
 */
public final class NeighbourGrid {
    private static final int ENTRY_BYTES = 16;

    private final float minX;
    private final float minY;
    private final float squaresPerMetre;
    private final int columns;
    private final int rows;

    /** Where the entities of each square begin; the last entry is the count of all. */
    private int[] start;

    /** In order of tables and rows: the square of each entity. */
    private int[] square = {};
    /** In order of squares. */
    private long[] handle = {};

    private float[] x = {};
    private float[] y = {};

    /**
     * @param bounds of the region; whoever stands outside is filed under the nearest square
     * @param sideMetres of a square; about the radius that is asked most
     */
    public NeighbourGrid(Bounds bounds, double sideMetres) {
        this.minX = (float) bounds.minX();
        this.minY = (float) bounds.minY();
        this.squaresPerMetre = (float) (1 / sideMetres);
        this.columns = Math.max(1, (int) Math.ceil(bounds.width() / sideMetres));
        this.rows = Math.max(1, (int) Math.ceil(bounds.height() / sideMetres));
        this.start = new int[columns * rows + 1];
    }

    private NeighbourGrid(NeighbourGrid other) {
        this.minX = other.minX;
        this.minY = other.minY;
        this.squaresPerMetre = other.squaresPerMetre;
        this.columns = other.columns;
        this.rows = other.rows;
        this.start = new int[1];
    }

    /** A grid of the same squares to {@link #copy} into. It takes no memory and gives no answers before. */
    public NeighbourGrid like() {
        return new NeighbourGrid(this);
    }

    /**
     * Copies its answers at the speed of memory, to be written elsewhere.
     *
     * @param into made by {@link #like}; what was there is forgotten
     */
    public void copy(NeighbourGrid into) {
        int count = start[start.length - 1];
        if (into.start.length < start.length) {
            into.start = start.clone();
        } else {
            System.arraycopy(start, 0, into.start, 0, start.length);
        }
        if (into.handle.length < count) {
            into.handle = handle.clone();
            into.x = x.clone();
            into.y = y.clone();
        } else {
            System.arraycopy(handle, 0, into.handle, 0, count);
            System.arraycopy(x, 0, into.x, 0, count);
            System.arraycopy(y, 0, into.y, 0, count);
        }
    }

    /** Takes in every entity that has a position. */
    public void rebuild(EntityStore entities) {
        ComponentType<Position> position = entities.schema().type(Position.class);
        Query positioned = entities.query(position);
        Field fieldX = position.field("x");
        Field fieldY = position.field("y");
        int count = positioned.size();
        if (count > square.length) {
            int capacity = Math.max(count, square.length * 2);
            square = new int[capacity];
            handle = new long[capacity];
            x = new float[capacity];
            y = new float[capacity];
        }
        countSquares(positioned, fieldX, fieldY);
        int sum = 0;
        for (int i = 0; i < start.length; i++) {
            int here = start[i];
            start[i] = sum;
            sum += here;
        }
        fill(positioned, fieldX, fieldY);
        // Filling has moved each start to the next square's.
        System.arraycopy(start, 0, start, 1, start.length - 1);
        start[0] = 0;
    }

    private void countSquares(Query positioned, Field fieldX, Field fieldY) {
        Arrays.fill(start, 0);
        int i = 0;
        for (Table table : positioned) {
            float[] tableX = table.floats(fieldX).read();
            float[] tableY = table.floats(fieldY).read();
            for (int row = 0; row < table.size(); row++) {
                int at = row(tableY[row]) * columns + column(tableX[row]);
                square[i++] = at;
                start[at]++;
            }
        }
    }

    private void fill(Query positioned, Field fieldX, Field fieldY) {
        int i = 0;
        for (Table table : positioned) {
            float[] tableX = table.floats(fieldX).read();
            float[] tableY = table.floats(fieldY).read();
            for (int row = 0; row < table.size(); row++) {
                int to = start[square[i++]]++;
                handle[to] = table.entity(row);
                x[to] = tableX[row];
                y[to] = tableY[row];
            }
        }
    }

    /** Collects handles of entities within the radius; returns how many. What does not fit into {@code into} is left out. */
    public int near(float centreX, float centreY, float radiusMetres, long[] into) {
        int firstColumn = column(centreX - radiusMetres);
        int lastColumn = column(centreX + radiusMetres);
        int lastRow = row(centreY + radiusMetres);
        float radiusSquared = radiusMetres * radiusMetres;
        int found = 0;
        for (int row = row(centreY - radiusMetres); row <= lastRow; row++) {
            // The squares of one row lie side by side, so they are one run.
            int until = start[row * columns + lastColumn + 1];
            for (int i = start[row * columns + firstColumn]; i < until; i++) {
                float dx = x[i] - centreX;
                float dy = y[i] - centreY;
                if (dx * dx + dy * dy <= radiusSquared) {
                    if (found == into.length) {
                        return found;
                    }
                    into[found++] = handle[i];
                }
            }
        }
        return found;
    }

    /** Writes the answers that it would give, for a twin of the cell. */
    public void write(ByteWriter out) {
        int count = start[start.length - 1];
        out.varuint(count);
        for (int square = 0, i = 0; i < count; square++) {
            int until = start[square + 1];
            if (until > i) {
                out.varuint(square);
                out.varuint(until - i);
            }
            for (; i < until; i++) {
                out.i64(handle[i]);
                out.f32(x[i]);
                out.f32(y[i]);
            }
        }
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if no grid of this size wrote it */
    public void read(ByteReader in) {
        int count = in.count(ENTRY_BYTES);
        square = new int[count];
        handle = new long[count];
        x = new float[count];
        y = new float[count];
        Arrays.fill(start, 0);
        int next = 0;
        for (int i = 0; i < count; ) {
            int at = in.varuint();
            int here = in.varuint();
            if (at < next || at >= start.length - 1 || here < 1 || here > count - i) {
                throw in.malformed(here + " of " + count + " entities in square " + at);
            }
            Arrays.fill(start, next, at + 1, i);
            next = at + 1;
            for (int until = i + here; i < until; i++) {
                handle[i] = in.i64();
                x[i] = in.f32();
                y[i] = in.f32();
            }
        }
        Arrays.fill(start, next, start.length, count);
    }

    private int column(float atX) {
        return Math.clamp((int) ((atX - minX) * squaresPerMetre), 0, columns - 1);
    }

    private int row(float atY) {
        return Math.clamp((int) ((atY - minY) * squaresPerMetre), 0, rows - 1);
    }
}
