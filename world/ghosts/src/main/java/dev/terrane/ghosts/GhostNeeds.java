package dev.terrane.ghosts;

import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which chunks a cell needs to see of the regions around and, where its own region has layers, of that: those within range of entities that act (that have a
 * velocity or controls). A chunk stays needed for a while after its last need.
 */
public final class GhostNeeds {
    /** Of {@link #regions}: the cell's own. */
    public static final int OWN = 0;

    private static final int[] NOTHING = {};

    private final List<RegionId> regions = new ArrayList<>();
    private final Bounds[] bounds;
    private final ChunkGrid[] grids;
    private final double[] shiftX;
    private final double[] shiftY;
    /** By own chunk: the chunks of neighbours that may be in range of somebody there, as pairs of region and chunk. */
    private final int[][] reach;
    /** By region and chunk. */
    private final long[][] untilTick;
    /** By region: chunks that can ever be needed. */
    private final int[][] candidates;

    private final int[][] needed;
    private final double rangeMetresMax;
    private double rangeMetres;

    public GhostNeeds(Partition partition, RegionId own, double chunkMetres, double rangeMetres) {
        this.rangeMetresMax = rangeMetres;
        this.rangeMetres = rangeMetres;
        regions.add(own);
        regions.addAll(partition.neighbours(own));
        int count = regions.size();
        bounds = new Bounds[count];
        grids = new ChunkGrid[count];
        shiftX = new double[count];
        shiftY = new double[count];
        untilTick = new long[count][];
        candidates = new int[count][];
        needed = new int[count][];
        for (int i = 0; i < count; i++) {
            bounds[i] = partition.bounds(regions.get(i));
            grids[i] = new ChunkGrid(bounds[i], chunkMetres);
            shiftX[i] = partition.originX(regions.get(i)) - partition.originX(own);
            shiftY[i] = partition.originY(regions.get(i)) - partition.originY(own);
            untilTick[i] = new long[grids[i].chunkCount()];
            Arrays.fill(untilTick[i], -1);
            candidates[i] = NOTHING;
            needed[i] = NOTHING;
        }
        reach = new int[grids[OWN].chunkCount()][];
        findReach(partition, chunkMetres);
    }

    /** Whoever is beyond the border (borders are sticky) counts to the nearest chunk inside: a chunk more makes up for that. */
    private void findReach(Partition partition, double chunkMetres) {
        boolean[][] possible = new boolean[grids.length][];
        for (int i = 0; i < grids.length; i++) {
            possible[i] = new boolean[grids[i].chunkCount()];
        }
        double halfDiagonal = chunkMetres * Math.sqrt(0.5);
        for (int chunk = 0; chunk < reach.length; chunk++) {
            List<Integer> pairs = new ArrayList<>();
            for (int i = 1; i < grids.length; i++) {
                int region = i;
                double x = grids[OWN].centreX(chunk) - shiftX[i];
                double y = grids[OWN].centreY(chunk) - shiftY[i];
                grids[i].chunksWithin(x, y, rangeMetresMax + halfDiagonal + chunkMetres, other -> {
                    double inside = partition.distanceToBorder(
                            regions.get(region), grids[region].centreX(other), grids[region].centreY(other));
                    if (inside > -halfDiagonal - chunkMetres) {
                        pairs.add(region);
                        pairs.add(other);
                        possible[region][other] = true;
                    }
                });
            }
            reach[chunk] = pairs.stream().mapToInt(Integer::intValue).toArray();
        }
        for (int i = 1; i < grids.length; i++) {
            candidates[i] = trueOnes(possible[i]);
        }
        boolean[] all = new boolean[grids[OWN].chunkCount()];
        Arrays.fill(all, true);
        candidates[OWN] = trueOnes(all);
    }

    private static int[] trueOnes(boolean[] flags) {
        int[] found = new int[flags.length];
        int count = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** The cell's own region, then its neighbours. */
    public List<RegionId> regions() {
        return regions;
    }

    /** Works out anew what is needed. {@code layered}: the own region has other cells too. */
    public void derive(EntityStore own, boolean layered, long tick) {
        Schema schema = own.schema();
        ComponentType<Position> position = schema.type(Position.class);
        Field x = position.field("x");
        Field y = position.field("y");
        for (Table table : own.query(position)) {
            if (!table.has(schema.type(Velocity.class)) && !table.has(schema.type(Controls.class))) {
                continue;
            }
            float[] xs = table.floats(x).read();
            float[] ys = table.floats(y).read();
            for (int row = 0; row < table.size(); row++) {
                need(xs[row], ys[row], layered, tick + GhostLimits.HYSTERESIS_TICKS);
            }
        }
        for (int region = 0; region < needed.length; region++) {
            needed[region] = collect(region, tick);
        }
    }

    private void need(float x, float y, boolean layered, long until) {
        int chunk = grids[OWN].chunkAt(x, y);
        int[] pairs = reach[chunk];
        for (int i = 0; i < pairs.length; i += 2) {
            int region = pairs[i];
            int other = pairs[i + 1];
            if (untilTick[region][other] != until
                    && grids[region].distanceTo(other, seenX(region, x), seenY(region, y)) <= rangeMetres) {
                untilTick[region][other] = until;
            }
        }
        if (layered && untilTick[OWN][chunk] != until) {
            needAround(chunk, until);
        }
    }

    /** Local x in that region. */
    private double seenX(int region, float x) {
        Bounds own = bounds[OWN];
        Bounds other = bounds[region];
        double shift = shiftX[region];
        return seen(x - shift, own.minX() - shift, own.maxX() - shift, other.minX(), other.maxX());
    }

    private double seenY(int region, float y) {
        Bounds own = bounds[OWN];
        Bounds other = bounds[region];
        double shift = shiftY[region];
        return seen(y - shift, own.minY() - shift, own.maxY() - shift, other.minY(), other.maxY());
    }

    /** Whoever is beyond the world's edge is filed under its last chunks: the way out to there does not count. The way across the own region does. */
    private static double seen(double at, double ownMin, double ownMax, double otherMin, double otherMax) {
        if (at > ownMax) {
            return Math.min(at, Math.max(ownMax, otherMax));
        }
        return at < ownMin ? Math.max(at, Math.min(ownMin, otherMin)) : at;
    }

    /** Everything in range of anybody in this chunk. The chunk itself is marked last: that it is marked says that its surroundings are. */
    private void needAround(int chunk, long until) {
        ChunkGrid grid = grids[OWN];
        int steps = (int) Math.ceil(rangeMetres / grid.sideMetres());
        int column = chunk % grid.columns();
        int row = chunk / grid.columns();
        for (int r = Math.max(0, row - steps); r <= Math.min(grid.rows() - 1, row + steps); r++) {
            for (int c = Math.max(0, column - steps); c <= Math.min(grid.columns() - 1, column + steps); c++) {
                int other = r * grid.columns() + c;
                if (other != chunk && untilTick[OWN][other] < until - 1) {
                    untilTick[OWN][other] = until - 1; // not the mark of somebody being there
                }
            }
        }
        untilTick[OWN][chunk] = until;
    }

    private int[] collect(int region, long tick) {
        int[] found = new int[candidates[region].length];
        int count = 0;
        for (int chunk : candidates[region]) {
            if (untilTick[region][chunk] >= tick) {
                found[count++] = chunk;
            }
        }
        int[] before = needed[region];
        return Arrays.equals(before, 0, before.length, found, 0, count) ? before : Arrays.copyOf(found, count);
    }

    /** Writes what it remembers, as of the end of this tick: chunks whose time is up are forgotten anyway. */
    public void write(long tick, ByteWriter out) {
        out.f64(rangeMetres);
        for (long[] until : untilTick) {
            int count = 0;
            for (long each : until) {
                count += each >= tick ? 1 : 0;
            }
            out.varuint(count);
            for (int chunk = 0; chunk < until.length; chunk++) {
                if (until[chunk] >= tick) {
                    out.varuint(chunk);
                    out.varlong(until[chunk] - tick);
                }
            }
        }
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if no needs of this region wrote it */
    public void read(long tick, ByteReader in) {
        rangeMetres = in.f64();
        for (long[] until : untilTick) {
            Arrays.fill(until, -1);
            for (int rest = in.count(2); rest > 0; rest--) {
                int chunk = in.varuint();
                if (chunk < 0 || chunk >= until.length) {
                    throw in.malformed("chunk " + chunk + " of " + until.length + " is needed");
                }
                until[chunk] = tick + in.varlong();
            }
        }
    }

    /** Rising; not to be changed. */
    public int[] chunks(int region) {
        return needed[region];
    }

    /** Sees an eighth less far, because there are too many: the farthest are given up first. */
    public void narrow() {
        rangeMetres = Math.max(0, rangeMetres - rangeMetresMax / 8);
    }

    /** Sees an eighth farther again, up to what is set. */
    public void widen() {
        rangeMetres = Math.min(rangeMetresMax, rangeMetres + rangeMetresMax / 8);
    }
}
