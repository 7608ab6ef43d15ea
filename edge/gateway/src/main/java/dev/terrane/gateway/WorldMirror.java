package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.SelfDelta;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchemaCodec;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Shed;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What this gateway holds of one world: a mirror per cell, and what every Welcome to it says. */
final class WorldMirror {
    private final WorldView view;
    private final WireLayout layout;
    private final byte[] schemaBytes;
    private final int positionField;
    private final List<CellMirror> cells = new ArrayList<>();
    private final LongTable<CellMirror[]> byRegion = new LongTable<>();
    private final MirrorMeters meters;
    private Shed shed = Shed.NOTHING;
    private float dilation = 1;
    private final SliceIndex index = new SliceIndex();
    private final SliceNumbers numbers;
    private final SelfDelta selfDelta;

    /** Sessions that drive an avatar here; written by the gateway's thread, read by any. */
    final AtomicInteger playerCount = new AtomicInteger();
    /** Simulated time per real time; written by the gateway's thread, read by any. */
    final AtomicInteger dilationPercent = new AtomicInteger(100);

    WorldMirror(WorldView view, MirrorMeters meters) {
        this.view = view;
        this.meters = meters;
        this.layout = new WireLayout(view.schema());
        this.positionField = layout.flatIndexOf("kit.position", "x");
        this.schemaBytes = WireSchemaCodec.encode(view.schema());
        this.selfDelta = new SelfDelta(layout);
        Partition partition = view.partition();
        int chunkCountMax = 0;
        for (RegionId region : partition.regions()) {
            int chunkCount = new ChunkGrid(partition.bounds(region), view.chunkMetres()).chunkCount();
            chunkCountMax = Math.max(chunkCountMax, chunkCount);
        }
        this.numbers = new SliceNumbers(chunkCountMax);
        for (RegionId region : partition.regions()) {
            CellMirror cell = new CellMirror(new CellId(view.world(), region, 0), this, meters);
            cells.add(cell);
            byRegion.put(key(region), new CellMirror[] {cell});
        }
    }

    /**
     * These are the layers of a region from now on: what is mirrored of others is dropped, those that are new begin with nothing.
     *
     * @return whether anything changed; then whoever may see the region has to look again
     */
    boolean setLayers(RegionId region, int[] layers) {
        CellMirror[] before = byRegion.get(key(region));
        if (before == null || layers.length == 0) {
            return false;
        }
        CellMirror[] now = new CellMirror[layers.length];
        boolean changed = layers.length != before.length;
        for (int i = 0; i < layers.length; i++) {
            CellId id = new CellId(view.world(), region, layers[i]);
            CellMirror known = cell(id);
            changed |= known == null;
            now[i] = known == null ? new CellMirror(id, this, meters) : known;
        }
        if (changed) {
            for (CellMirror each : before) {
                if (!List.of(now).contains(each)) {
                    each.giveNumbersBack();
                }
            }
            cells.removeAll(List.of(before));
            cells.addAll(List.of(now));
            byRegion.put(key(region), now);
        }
        return changed;
    }

    /** A session is in a layer of which nobody has told yet. Null for a region that this world does not have. */
    @Nullable
    CellMirror learn(CellId id) {
        CellMirror[] known = byRegion.get(key(id.region()));
        if (known == null) {
            return null;
        }
        int[] layers = new int[known.length + 1];
        for (int i = 0; i < known.length; i++) {
            layers[i] = known[i].id.layer();
        }
        layers[known.length] = id.layer();
        setLayers(id.region(), layers);
        return cell(id);
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

    /** Cells name the dilation of their tick in each frame; what is waited for here follows at once, whatever tick it begins at. */
    void setPace(float newDilation, Shed newShed) {
        dilation = newDilation;
        shed = newShed;
        dilationPercent.set(Math.round(newDilation * 100));
    }

    /** So long a slowed world takes for what otherwise takes this long. */
    long dilated(long nanos) {
        return (long) (nanos / (double) dilation);
    }

    /** Real time from one tick to the next. */
    long tickNanos() {
        return dilated(TimeUnit.SECONDS.toNanos(1) / view.simulationHz());
    }

    Shed shed() {
        return shed;
    }

    /** Rings but the nearest are sent half as often. */
    boolean shedsFarRings() {
        return shed.compareTo(Shed.FAR_RINGS) >= 0;
    }

    /** Flat index of a field that an entity has in the slice where it is, and nowhere else; -1 for a world without. */
    int positionField() {
        return positionField;
    }

    SliceIndex index() {
        return index;
    }

    SliceNumbers numbers() {
        return numbers;
    }

    SelfDelta selfDelta() {
        return selfDelta;
    }

    List<CellMirror> cells() {
        return cells;
    }

    /** Null for a cell that this partition does not have, or for a layer that is not known (any more). */
    @Nullable
    CellMirror cell(CellId id) {
        CellMirror[] layers = byRegion.get(key(id.region()));
        if (layers != null) {
            for (CellMirror layer : layers) {
                if (layer.id.layer() == id.layer()) {
                    return layer;
                }
            }
        }
        return null;
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
        for (CellMirror cell : cells) {
            Bounds bounds = cell.worldBounds;
            if (x + radiusMetres < bounds.minX()
                    || x - radiusMetres > bounds.maxX()
                    || y + radiusMetres < bounds.minY()
                    || y - radiusMetres > bounds.maxY()) {
                continue;
            }
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
