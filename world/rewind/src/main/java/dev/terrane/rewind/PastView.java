package dev.terrane.rewind;

import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.space.Bounds;
import org.jspecify.annotations.Nullable;

/** One moment of a history. By area it looks through what stands sorted by squares as of the last whole tick before. */
final class PastView implements Past {
    private final History history;
    private final Bounds bounds;
    private final double sideMetres;
    /** By frame; made when first asked for. */
    private final @Nullable Squares[] squares;

    private final Place place = new Place();
    private float ticksAgo;
    private long tick;
    private float fraction;

    PastView(History history, Bounds bounds, double sideMetres) {
        this.history = history;
        this.bounds = bounds;
        this.sideMetres = sideMetres;
        this.squares = new Squares[history.frames.count];
    }

    PastView aim(long now, float ago) {
        ticksAgo = ago;
        int whole = (int) Math.ceil(ago);
        tick = now - whole;
        fraction = whole - ago;
        return this;
    }

    @Override
    public float ticksAgo() {
        return ticksAgo;
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] ids) {
        Squares here = squares();
        float reach = radiusMetres + here.stepMetresMax();
        float radiusSquared = radiusMetres * radiusMetres;
        int found = 0;
        int lastRow = here.row(y + reach);
        for (int row = here.row(y - reach); row <= lastRow; row++) {
            int until = here.end(row, here.column(x + reach));
            for (int i = here.start(row, here.column(x - reach)); i < until; i++) {
                int track = here.track(i);
                if (history.place(track, tick, fraction, place)) {
                    float dx = place.x - x;
                    float dy = place.y - y;
                    if (dx * dx + dy * dy <= radiusSquared) {
                        if (found == ids.length) {
                            return found;
                        }
                        ids[found++] = history.tracks.ids[track];
                    }
                }
            }
        }
        return found;
    }

    private Squares squares() {
        int at = history.frames.at(tick);
        Squares here = squares[at];
        if (here == null) {
            here = new Squares(bounds, sideMetres);
            squares[at] = here;
        }
        here.bring(history, tick);
        return here;
    }

    @Override
    public boolean find(long entityId, Place into) {
        int track = entityId == 0 ? Tracks.NONE : history.tracks.of(entityId);
        return track != Tracks.NONE && history.place(track, tick, fraction, into);
    }
}
