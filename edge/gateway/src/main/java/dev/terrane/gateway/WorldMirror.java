package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchemaCodec;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Shed;
import dev.terrane.space.Bounds;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What this gateway holds of one world: a mirror per cell, and what every Welcome to it says. */
final class WorldMirror {
    private final WorldView view;
    private final WireLayout layout;
    private final byte[] schemaBytes;
    private final List<CellMirror> cells = new ArrayList<>();
    private final LongTable<CellMirror> byRegion = new LongTable<>();
    private final Bounds[] worldBounds;
    private Shed shed = Shed.NOTHING;
    private final SliceIndex index = new SliceIndex();

    /** Sessions that drive an avatar here; written by the gateway's thread, read by any. */
    final AtomicInteger playerCount = new AtomicInteger();

    WorldMirror(WorldView view, MirrorMeters meters) {
        this.view = view;
        this.layout = new WireLayout(view.schema());
        this.schemaBytes = WireSchemaCodec.encode(view.schema());
        Partition partition = view.partition();
        for (RegionId region : partition.regions()) {
            CellMirror cell = new CellMirror(new CellId(view.world(), region, 0), this, meters);
            cells.add(cell);
            byRegion.put(key(region), cell);
        }
        this.worldBounds = new Bounds[cells.size()];
        for (int i = 0; i < worldBounds.length; i++) {
            CellMirror cell = cells.get(i);
            Bounds local = partition.bounds(cell.id.region());
            double minX = local.minX() + cell.originX;
            double minY = local.minY() + cell.originY;
            // Of the chunks, not of the region: the last ones reach beyond it.
            worldBounds[i] = new Bounds(
                    minX,
                    minY,
                    minX + cell.grid.columns() * cell.grid.sideMetres(),
                    minY + cell.grid.rows() * cell.grid.sideMetres());
        }
    }

    WorldView view() {
        return view;
    }

    WireLayout layout() {
        return layout;
    }

    byte[] schemaBytes() {
        return schemaBytes;
    }

    /** Rings but the nearest are sent half as often. */
    boolean shedsFarRings() {
        return shed == Shed.FAR_RINGS;
    }

    SliceIndex index() {
        return index;
    }

    List<CellMirror> cells() {
        return cells;
    }

    /** Null for a cell that this partition does not have. */
    @Nullable
    CellMirror cell(CellId id) {
        return id.layer() == 0 ? byRegion.get(key(id.region())) : null;
    }

    /** Chunks that are watched now, all cells together. */
    int watchedCount() {
        int count = 0;
        for (CellMirror cell : cells) {
            count += cell.watchedCount();
        }
        return count;
    }

    /** Gives every chunk of every cell within the radius of a world position. */
    void chunksWithin(double x, double y, double radiusMetres, ChunkVisitor visitor) {
        for (int i = 0; i < worldBounds.length; i++) {
            Bounds bounds = worldBounds[i];
            if (x + radiusMetres < bounds.minX()
                    || x - radiusMetres > bounds.maxX()
                    || y + radiusMetres < bounds.minY()
                    || y - radiusMetres > bounds.maxY()) {
                continue;
            }
            CellMirror cell = cells.get(i);
            double localX = x - cell.originX;
            double localY = y - cell.originY;
            cell.grid.chunksWithin(
                    localX,
                    localY,
                    radiusMetres,
                    chunk -> visitor.visit(cell, chunk, cell.grid.distanceTo(chunk, localX, localY)));
        }
    }

    void flush(CellPort ports, int gateway, long nowNanos) {
        for (CellMirror cell : cells) {
            cell.flush(ports, gateway, nowNanos);
        }
    }

    /** Receives chunks and their distance in metres. */
    @FunctionalInterface
    interface ChunkVisitor {
        void visit(CellMirror cell, int chunk, double distanceMetres);
    }

    /** Region (0, 0) packs to 0, which is no key. */
    private static long key(RegionId region) {
        return ~region.packed();
    }
}
