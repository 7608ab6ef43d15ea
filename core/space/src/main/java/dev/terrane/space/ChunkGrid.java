package dev.terrane.space;

/**
 * Cuts a region into square chunks, the grain of interest. A chunk's index is {@code row · columns + column} over the region's
 * {@link Partition#bounds}, so it is small and the same on every machine.
 *
 * <p>Positions slightly outside (a sticky border keeps an entity that has crossed for a while) are clamped to the edge chunk.
 */
public final class ChunkGrid {
    /** More would make indices long on the wire and tables per chunk large: take larger chunks. */
    public static final int CHUNK_COUNT_MAX = 1 << 20;

    private final double minX;
    private final double minY;
    private final double sideMetres;
    private final int columns;
    private final int rows;

    public ChunkGrid(Bounds bounds, double sideMetres) {
        Lengths.requireMetres("chunk side", sideMetres);
        if (bounds.width() / sideMetres * (bounds.height() / sideMetres) > CHUNK_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "chunks of " + sideMetres + " m cut " + bounds + " into more than " + CHUNK_COUNT_MAX);
        }
        this.minX = bounds.minX();
        this.minY = bounds.minY();
        this.sideMetres = sideMetres;
        this.columns = Math.max(1, (int) Math.ceil(bounds.width() / sideMetres));
        this.rows = Math.max(1, (int) Math.ceil(bounds.height() / sideMetres));
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    public double sideMetres() {
        return sideMetres;
    }

    public int chunkCount() {
        return columns * rows;
    }

    /** The chunk of a local position. */
    public int chunkAt(float localX, float localY) {
        int column = Math.clamp((int) Math.floor((localX - minX) / sideMetres), 0, columns - 1);
        int row = Math.clamp((int) Math.floor((localY - minY) / sideMetres), 0, rows - 1);
        return row * columns + column;
    }

    /** Local x of the chunk's centre. */
    public double centreX(int chunk) {
        return minX + (chunk % columns + 0.5) * sideMetres;
    }

    public double centreY(int chunk) {
        return minY + (chunk / columns + 0.5) * sideMetres;
    }

    /** Metres from a local position to the nearest point of the chunk; 0 inside. */
    public double distanceTo(int chunk, double localX, double localY) {
        double dx = Math.max(0, Math.abs(localX - centreX(chunk)) - sideMetres / 2);
        double dy = Math.max(0, Math.abs(localY - centreY(chunk)) - sideMetres / 2);
        return Math.sqrt(dx * dx + dy * dy);
    }

    /** Gives every chunk whose distance to the local position is at most {@code radiusMetres}, in rising order. */
    public void chunksWithin(double localX, double localY, double radiusMetres, IntVisitor visitor) {
        int firstColumn = Math.clamp((int) Math.floor((localX - radiusMetres - minX) / sideMetres), 0, columns - 1);
        int lastColumn = Math.clamp((int) Math.floor((localX + radiusMetres - minX) / sideMetres), 0, columns - 1);
        int firstRow = Math.clamp((int) Math.floor((localY - radiusMetres - minY) / sideMetres), 0, rows - 1);
        int lastRow = Math.clamp((int) Math.floor((localY + radiusMetres - minY) / sideMetres), 0, rows - 1);
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                int chunk = row * columns + column;
                if (distanceTo(chunk, localX, localY) <= radiusMetres) {
                    visitor.visit(chunk);
                }
            }
        }
    }

    /** Receives chunk indices. */
    @FunctionalInterface
    public interface IntVisitor {
        void visit(int chunk);
    }
}
