package dev.terrane.rewind;

import dev.terrane.bytes.ByteReader;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.Place;
import dev.terrane.space.Bounds;

/**
 * The places of a cell's entities and ghosts in its last ticks.
 *
 * <pre>
 *   begin(tick) ─► file(ghosts, each under its owner's tick) ─► file(own, under this tick) ─► at(moment)
 * </pre>
 */
public final class History {
    /** Of more, those that come last are not remembered. */
    public static final int TRACK_COUNT_MAX = 1 << 17;

    private static final float TURN = (float) (2 * Math.PI);

    final HistoryLimits limits;
    final Tracks tracks = new Tracks();
    final Frames frames;
    private final PastView view;
    private long now = -1;
    private long leftOutCount;
    /** Rises with all that is filed: what was worked out before is worth nothing. */
    private long changes;

    /**
     * @param bounds within which most places are; others are found, too, but more slowly
     * @param sideMetres of the squares by which {@link Past#near} looks: about the radius that is asked most
     */
    public History(HistoryLimits limits, Bounds bounds, double sideMetres) {
        this.limits = limits;
        this.frames = new Frames(limits.frameCount());
        this.view = new PastView(this, bounds, sideMetres);
    }

    /** A tick begins: whoever was last seen too long ago is forgotten. Ticks rise, and may be left out. */
    public void begin(long tick) {
        now = tick;
        changes++;
        tracks.endBefore(oldest());
    }

    /**
     * Somebody stood there at the end of that tick.
     *
     * @param id not 0
     * @param tick of the owner; what is too old is not filed, and who is too far ahead is filed as far as there are frames
     */
    public void file(long id, long tick, float x, float y, float yaw) {
        long under = Math.min(tick, newest());
        if (under < oldest()) {
            return;
        }
        int track = tracks.of(id);
        if (track == Tracks.NONE) {
            if (tracks.takenCount() == TRACK_COUNT_MAX) {
                leftOutCount++;
                return;
            }
            track = tracks.take(id);
            frames.reserve(tracks.limit);
        } else if (jumped(track, under, x, y)) {
            cut(track, under);
        }
        frames.put(under, track, x, y, yaw);
        tracks.lastTicks[track] = Math.max(tracks.lastTicks[track], under);
        changes++;
    }

    /** Nothing else was heard of it: so far it stands there still. Does nothing if a later tick is known. */
    public void fileStill(long id, long tick, float x, float y, float yaw) {
        int track = tracks.of(id);
        if (track == Tracks.NONE || tracks.lastTicks[track] < tick) {
            file(id, tick, x, y, yaw);
        }
    }

    private boolean jumped(int track, long tick, float x, float y) {
        long before = frames.lastSeen(track, tick - 1, oldest());
        if (before < oldest()) {
            return false;
        }
        int at = frames.at(before);
        float dx = x - frames.x[at][track];
        float dy = y - frames.y[at][track];
        float far = limits.jumpMetresPerTick() * (tick - before);
        return dx * dx + dy * dy > far * far;
    }

    /** Also what is filed under later ticks goes: it was still where it no longer is. */
    private void cut(int track, long tick) {
        frames.forget(track);
        tracks.lastTicks[track] = tick;
        tracks.cutTicks[track] = tick;
    }

    /** It begins anew in this tick: before, it was nowhere. */
    public void forget(long id) {
        int track = tracks.of(id);
        if (track != Tracks.NONE) {
            cut(track, now);
            changes++;
        }
    }

    /** The moment so many ticks before the tick that runs, as far back as is kept. The same object each time. */
    public Past at(float ticksAgo) {
        float ago = ticksAgo > 0 ? Math.min(ticksAgo, limits.historyTicks()) : 0; // NaN is now
        return view.aim(now, ago);
    }

    /** Writes where it was at {@code tick + fraction}; false if it was nowhere. */
    boolean place(int track, long tick, float fraction, Place into) {
        if (tick < tracks.cutTicks[track]) {
            return false;
        }
        long before = frames.lastSeen(track, Math.min(tick, newest()), oldest());
        if (before == tick && fraction == 0) {
            put(track, before, into);
            return true;
        }
        long after = frames.firstSeen(track, tick + 1, newest());
        boolean wasBefore = before >= oldest();
        if (after > newest()) {
            if (wasBefore) {
                put(track, before, into);
            }
            return wasBefore;
        }
        put(track, after, into);
        if (wasBefore) {
            float share = (tick - before + fraction) / (after - before);
            int at = frames.at(before);
            float fromX = frames.x[at][track];
            float fromY = frames.y[at][track];
            float fromYaw = frames.yaw[at][track];
            into.x = fromX + (into.x - fromX) * share;
            into.y = fromY + (into.y - fromY) * share;
            into.yaw = fromYaw + shortestTurn(into.yaw - fromYaw) * share;
        }
        return true;
    }

    private void put(int track, long tick, Place into) {
        int at = frames.at(tick);
        into.x = frames.x[at][track];
        into.y = frames.y[at][track];
        into.yaw = frames.yaw[at][track];
    }

    private static float shortestTurn(float turn) {
        return turn - TURN * (float) Math.rint(turn / TURN);
    }

    long oldest() {
        return now - limits.historyTicks();
    }

    /** Owners may be ahead. */
    long newest() {
        return now + HistoryLimits.AHEAD_TICKS;
    }

    long now() {
        return now;
    }

    long changes() {
        return changes;
    }

    /** Entities whose past is kept. */
    public int rememberedCount() {
        return tracks.takenCount();
    }

    /** Places that found no track, since the start. */
    public long leftOutCount() {
        return leftOutCount;
    }

    /** Memory for copies of it. */
    public HistoryCopy like() {
        return new HistoryCopy(limits);
    }

    /** Copies all of it at the speed of memory, to be written elsewhere. */
    public void copy(HistoryCopy into) {
        into.take(this);
    }

    /**
     * Replaces what is here by what {@link HistoryCopy#write} wrote.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such thing
     */
    public void read(ByteReader in) {
        now = HistoryFormat.read(tracks, frames, limits, in);
        changes++;
    }
}
