package dev.terrane.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one session sees: the chunks around its avatar, nearest first, across all borders.
 *
 * <p>It is renewed only when the avatar has moved a quarter of a chunk, so the radius is exact to that much. A chunk comes in within
 * the radius and goes beyond radius + hysteresis.
 */
final class SessionView {
    private static final Comparator<SeenChunk> NEAREST_FIRST = Comparator.<SeenChunk>comparingDouble(
                    seen -> seen.distanceMetres)
            .thenComparing(seen -> seen.chunk.cell.id)
            .thenComparingInt(seen -> seen.chunk.index);

    private final GatewaySettings.Interest settings;
    private final MirrorMeters meters;
    private final List<SeenChunk> seen = new ArrayList<>();
    /** Chunks out of interest whose entities the client still holds. */
    private final List<ChunkMirror> toForget = new ArrayList<>();

    private @Nullable WorldMirror world;
    private double centreX = Double.NaN;
    private double centreY = Double.NaN;

    SessionView(GatewaySettings.Interest settings, MirrorMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    int size() {
        return seen.size();
    }

    SeenChunk get(int i) {
        return seen.get(i);
    }

    int indexOf(@Nullable SeenChunk wanted) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i) == wanted) {
                return i;
            }
        }
        return 0;
    }

    List<ChunkMirror> toForget() {
        return toForget;
    }

    /** The avatar stands here, in world coordinates. True when what is seen was renewed. */
    boolean look(WorldMirror here, double x, double y) {
        double slack = here.view().chunkMetres() / 4;
        double dx = x - centreX;
        double dy = y - centreY;
        if (world == here && dx * dx + dy * dy <= slack * slack) {
            return false; // NaN, before the first look, compares false
        }
        if (world != here) {
            close();
            world = here;
        }
        centreX = x;
        centreY = y;
        renew(here);
        return true;
    }

    private void renew(WorldMirror here) {
        for (SeenChunk each : seen) {
            each.kept = false;
        }
        double far = settings.radiusMetres() + settings.hysteresisMetres();
        here.chunksWithin(centreX, centreY, far, (cell, index, distance) -> {
            SeenChunk known = find(cell.chunk(index));
            if (known != null) {
                known.kept = true;
                known.distanceMetres = distance;
            } else if (distance <= settings.radiusMetres()) {
                add(here, cell, index, distance);
            }
        });
        for (int i = seen.size() - 1; i >= 0; i--) {
            if (!seen.get(i).kept) {
                drop(seen.remove(i));
            }
        }
        seen.sort(NEAREST_FIRST);
    }

    private void add(WorldMirror here, CellMirror cell, int index, double distance) {
        if (cell.chunk(index) == null && here.watchedCount() >= settings.watchedChunksMax()) {
            meters.unseenChunks.one();
            return;
        }
        SeenChunk fresh = new SeenChunk(cell.watch(index));
        fresh.distanceMetres = distance;
        fresh.kept = true;
        seen.add(fresh);
    }

    private void drop(SeenChunk gone) {
        if (gone.clientKnows() && !toForget.contains(gone.chunk)) {
            toForget.add(gone.chunk);
        }
        gone.chunk.cell.unwatch(gone.chunk);
    }

    private @Nullable SeenChunk find(@Nullable ChunkMirror chunk) {
        if (chunk != null) {
            for (int i = 0; i < seen.size(); i++) {
                if (seen.get(i).chunk == chunk) {
                    return seen.get(i);
                }
            }
        }
        return null;
    }

    /** The client is told everything anew and drops what it holds. */
    void restart() {
        toForget.clear();
        for (SeenChunk each : seen) {
            each.restart();
        }
    }

    /** Watches nothing any more. */
    void close() {
        for (SeenChunk each : seen) {
            each.chunk.cell.unwatch(each.chunk);
        }
        seen.clear();
        toForget.clear();
        centreX = Double.NaN;
        centreY = Double.NaN;
        world = null;
    }
}
