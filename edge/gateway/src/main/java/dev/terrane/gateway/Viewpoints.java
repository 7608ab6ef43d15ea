package dev.terrane.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All viewpoints of a gateway: where sessions stand, and what is in reach from there. */
final class Viewpoints {
    /** Of a chunk's side: so far beyond it an avatar at its edge may go back and forth without a change. */
    private static final double SLACK_SHARE = 1.0 / 8;

    /** The mirror was at its limit; other sessions may have made room since. */
    private static final int PARTIAL_RETRY_TURNS = 64;

    /**
     * Nearest first, by bands as wide as a chunk; in a band by place, because slices whose numbers are near each other take fewer bytes one after the other.
     * The own chunk comes before all.
     */
    private static final Comparator<Reached> NEAREST_FIRST = Comparator.comparingInt(Reached::ring)
            .thenComparingInt(Reached::band)
            .thenComparing(reached -> reached.chunk().cell.id)
            .thenComparingInt(reached -> reached.chunk().index);

    private final GatewaySettings settings;
    private final MirrorMeters meters;
    private final Realignment realignment = new Realignment();
    private final List<Viewpoint> all = new ArrayList<>();
    private int openedCount;

    private record Reached(ChunkMirror chunk, int ring, int band) {}

    Viewpoints(GatewaySettings settings, MirrorMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    int count() {
        return all.size();
    }

    /** The session's avatar stands here, in local metres; it keeps its viewpoint until it has clearly left it. */
    Viewpoint stand(ClientSession session, WorldMirror world, CellMirror cell, float x, float y) {
        Viewpoint before = session.viewpoint;
        if (before != null && before.cell == cell && before.holds(x, y)) {
            return before;
        }
        int chunk = cell.grid.chunkAt(x, y);
        Viewpoint here = cell.viewpoint(chunk);
        if (before != null && before == here) {
            return before; // beyond the world's edge
        }
        if (here == null) {
            here = open(world, cell, chunk);
        }
        if (here.stale()) {
            here.layOut(realignment);
        }
        ViewState own = new ViewState();
        if (before == null) {
            own.realign(realignment.between(Viewpoint.NO_SLICES, here.slices()));
        } else {
            own = before.company.leave(session);
            own.realign(realignment.between(before.slices(), here.slices()));
        }
        session.viewpoint = here;
        here.company.enter(session, own);
        if (before != null) {
            closeIfEmpty(before);
        }
        return here;
    }

    /** The session sees nothing any more. */
    void leave(ClientSession session) {
        Viewpoint viewpoint = session.viewpoint;
        if (viewpoint != null) {
            viewpoint.company.leave(session);
            session.viewpoint = null;
            closeIfEmpty(viewpoint);
        }
    }

    private Viewpoint open(WorldMirror world, CellMirror cell, int chunk) {
        double slack =
                Math.min(settings.interest().hysteresisMetres(), world.view().chunkMetres() * SLACK_SHARE);
        Company company = new Company(openedCount++);
        Viewpoint opened = new Viewpoint(cell, chunk, company, settings.rings().count(), slack);
        opened.number = all.size();
        all.add(opened);
        cell.setViewpoint(chunk, opened);
        gather(world, opened);
        return opened;
    }

    private void closeIfEmpty(Viewpoint viewpoint) {
        if (viewpoint.company.memberCount() > 0) {
            return;
        }
        viewpoint.close();
        viewpoint.cell.setViewpoint(viewpoint.chunk, null);
        Viewpoint last = all.removeLast();
        if (last != viewpoint) {
            all.set(viewpoint.number, last);
            last.number = viewpoint.number;
        }
    }

    /** Cells came or went: whoever may reach them looks again. */
    void lookAgain(WorldMirror world) {
        for (Viewpoint viewpoint : all) {
            if (viewpoint.cell.world == world) {
                gather(world, viewpoint);
            }
        }
    }

    /** Before a frame is dealt: what it lists is what there is. */
    void refresh(WorldMirror world, Viewpoint viewpoint) {
        if (viewpoint.partial && viewpoint.company.turn % PARTIAL_RETRY_TURNS == 0) {
            gather(world, viewpoint);
        }
        if (viewpoint.stale()) {
            viewpoint.layOut(realignment);
        }
    }

    private void gather(WorldMirror world, Viewpoint viewpoint) {
        List<Reached> reached = new ArrayList<>();
        CellMirror here = viewpoint.cell;
        double x = here.originX + here.grid.centreX(viewpoint.chunk);
        double y = here.originY + here.grid.centreY(viewpoint.chunk);
        double side = here.grid.sideMetres();
        double radius = settings.interest().radiusMetres();
        viewpoint.partial = false;
        // From the centre to a corner, so that none is missed; what matters is the distance from chunk to chunk.
        world.chunksWithin(x, y, radius + side * 0.7072, (cell, index, _) -> {
            double dx = Math.abs(cell.originX + cell.grid.centreX(index) - x);
            double dy = Math.abs(cell.originY + cell.grid.centreY(index) - y);
            double distance = length(Math.max(0, dx - side), Math.max(0, dy - side));
            if (distance > radius) {
                return;
            }
            if (cell.chunk(index) == null
                    && world.watchedCount() + reached.size()
                            >= settings.interest().watchedChunksMax()) {
                meters.unseenChunks.one();
                viewpoint.partial = true;
                return;
            }
            boolean own = cell == here && index == viewpoint.chunk;
            reached.add(new Reached(
                    cell.chunkFor(index),
                    settings.rings().ringAt(distance / radius),
                    own ? -1 : (int) (distance / side)));
        });
        reached.sort(NEAREST_FIRST);
        ChunkMirror[] chunks = new ChunkMirror[reached.size()];
        int[] rings = new int[chunks.length];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = reached.get(i).chunk();
            rings[i] = reached.get(i).ring();
        }
        viewpoint.settle(chunks, rings);
    }

    private static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /** Chunks of all viewpoints, each as often as it is in view. */
    int seenCount() {
        int count = 0;
        for (Viewpoint viewpoint : all) {
            count += viewpoint.chunkCount();
        }
        return count;
    }
}
